using BenchmarkDotNet.Attributes;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Benchmarks;

/// <summary>
/// The lower triangle of J^T J: <see cref="StructuredGram"/> from the factors of J, in double and in single precision, against the plain loop that adds
/// the outer product of every row of the explicit J. Making the factors or J is not measured. One thread each.
/// 256 rows are but half a block in single precision. The large size is California Housing's with a quarter of its rows.
/// </summary>
[MemoryDiagnoser]
public class GramBenchmarks
{
    private double[][] _jacobian = [];
    private double[][] _plain = [];
    private JacobianFactors<double>[] _blocks = [];
    private JacobianFactors<float>[] _narrowBlocks = [];
    private StructuredGram _gram = null!;
    private SymmetricMatrix _matrix = null!;

    public static IEnumerable<ProblemSize> Sizes => [ProblemSize.Small, new(4096, new NetworkShape(8, 50))];

    [ParamsSource(nameof(Sizes))]
    public ProblemSize Size { get; set; } = ProblemSize.Small;

    [GlobalSetup]
    public void Setup()
    {
        _blocks = BenchmarkData.Factors(Size);
        _narrowBlocks = BenchmarkData.Narrow(_blocks);
        _jacobian = BenchmarkData.ExplicitRows(_blocks);
        _plain = BenchmarkData.LowerTriangle(Size.Trained.Count);
        _gram = new StructuredGram(Size.Shape.HiddenSize, Size.Shape.UnitLength, Size.Trained.OtherCount, new WorkSharing(1));
        _matrix = new SymmetricMatrix(Size.Trained.Count);
    }

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        foreach (double[] row in _plain) Array.Clear(row);
        foreach (double[] row in _jacobian)
        {
            for (int a = 0; a < row.Length; a++)
            {
                double[] target = _plain[a];
                for (int b = 0; b < target.Length; b++) target[b] += row[a] * row[b];
            }
        }
    }

    [Benchmark]
    public void StructuredGramInDouble()
    {
        _gram.Clear();
        _gram.Add(_blocks);
        _gram.CopyTo(_matrix);
    }

    [Benchmark]
    public void StructuredGramInSingle()
    {
        _gram.Clear();
        _gram.Add(_narrowBlocks);
        _gram.CopyTo(_matrix);
    }
}
