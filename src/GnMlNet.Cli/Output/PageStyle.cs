namespace GnMlNet.Cli.Output;

/// <summary>How pages look, on bright and on dark screens, narrow and wide ones, and in print; and what their charts do under the pointer.</summary>
internal static class PageStyle
{
    internal const string Css = """
        :root { color-scheme: light dark; --text: #1a1a1a; --soft: #4a4a4a; --page: #fff; --rule: #ccc; --strong: #555; --panel: #f6f6f4; --one: #0b5fa5; --two: #b34700; --three: #2a7b3f; --thin: #8a8a8a; }
        @media (prefers-color-scheme: dark) { :root { --text: #e6e6e3; --soft: #b5b5b0; --page: #17181a; --rule: #44464a; --strong: #8d9096; --panel: #202226; --one: #6db3f2; --two: #f2a65e; --three: #7fce94; --thin: #85888e; } }
        body { font: 16px/1.5 Georgia, 'DejaVu Serif', serif; color: var(--text); background: var(--page); max-width: 62rem; margin: 2.5rem auto; padding: 0 1.5rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; overflow-wrap: anywhere; } h2 { font-size: 1.25rem; margin-top: 2.2rem; } h3 { font-size: 1.05rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
        table { border-collapse: collapse; margin: 1rem 0; font: 14px/1.4 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; }
        .wide { overflow-x: auto; }
        th, td { border-bottom: 1px solid var(--rule); padding: .35rem .7rem; text-align: left; vertical-align: top; }
        th { border-bottom: 2px solid var(--strong); }
        figure { margin: 1.8rem 0; break-inside: avoid; } figure img { width: 100%; max-width: 750px; display: block; background: #fff; border-radius: 4px; }
        figcaption, .note { font: 14px/1.4 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; color: var(--soft); }
        .beside { display: grid; grid-template-columns: minmax(0, 1fr); gap: .4rem 1.6rem; margin: 1.6rem 0; break-inside: avoid; }
        .beside figure { margin: 0; } .beside p { margin: .4rem 0; }
        @media (min-width: 54rem) { .beside { grid-template-columns: minmax(0, 35rem) minmax(0, 1fr); } }
        .chart { width: 100%; height: auto; display: block; background: var(--panel); border-radius: 4px; font: 12px 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; touch-action: pan-y; }
        .chart text { fill: var(--text); } .chart .end { text-anchor: end; } .chart .middle { text-anchor: middle; } .chart .name { font-size: 13px; }
        .grid { stroke: var(--rule); stroke-width: .7; } .axis { stroke: var(--strong); } .cursor { stroke: var(--strong); stroke-dasharray: 3 3; }
        .single { fill: none; stroke: var(--thin); stroke-width: .8; opacity: .45; }
        .curve { fill: none; stroke-width: 2.4; } .band { opacity: .22; stroke: none; } .whisker { stroke: var(--one); stroke-width: 1.6; }
        .curve.s0 { stroke: var(--one); } .curve.s1 { stroke: var(--two); stroke-dasharray: 8 4; } .curve.s2 { stroke: var(--three); stroke-dasharray: 2 3; }
        .band.s0, .dot.s0 { fill: var(--one); } .band.s1 { fill: var(--two); } .band.s2 { fill: var(--three); }
        output { display: block; min-height: 1.5em; font: 14px/1.5 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; color: var(--text); }
        @media print { :root { color-scheme: light; --text: #000; --soft: #333; --page: #fff; --rule: #ccc; --strong: #555; --panel: #fff; --one: #0b5fa5; --two: #b34700; --three: #2a7b3f; --thin: #8a8a8a; } body { margin: 0; max-width: none; font-size: 11pt; } tr { break-inside: avoid; } output { display: none; } }
        """;

    /// <summary>The values at the place nearest to the pointer, or at the one that the arrow keys went to.</summary>
    internal const string Script = """
        for (const chart of document.querySelectorAll('svg.chart')) {
          const places = chart.dataset.x.split('|').map(Number), texts = chart.dataset.texts.split('|');
          const line = chart.querySelector('.cursor'), told = chart.parentElement.querySelector('output');
          let at = -1;
          const show = k => {
            at = Math.max(0, Math.min(places.length - 1, k));
            line.setAttribute('x1', places[at]); line.setAttribute('x2', places[at]); line.setAttribute('visibility', 'visible');
            told.textContent = texts[at];
          };
          const hide = () => { line.setAttribute('visibility', 'hidden'); told.textContent = ''; at = -1; };
          chart.addEventListener('pointermove', event => {
            const x = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse()).x;
            show(places.reduce((best, place, k) => Math.abs(place - x) < Math.abs(places[best] - x) ? k : best, 0));
          });
          chart.addEventListener('pointerleave', hide);
          chart.addEventListener('blur', hide);
          chart.addEventListener('keydown', event => {
            if (event.key === 'ArrowRight') show(at + 1); else if (event.key === 'ArrowLeft') show(at < 0 ? places.length - 1 : at - 1); else if (event.key === 'Escape') hide(); else return;
            event.preventDefault();
          });
        }
        """;
}
