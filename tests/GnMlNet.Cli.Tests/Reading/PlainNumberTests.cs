using System.Globalization;
using CsCheck;
using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tests.Reading;

/// <summary>The short way of reading a number beside the general notations.</summary>
public class PlainNumberTests
{
    private static readonly NumberNotation[] s_notations =
        [.. from point in new[] { '.', ',' } from mark in new char?[] { null, ',', '.', ' ', '\'' } where mark != point select new NumberNotation(point, mark)];

    // Digits for the most part, so that many cells are numbers.
    private static readonly Gen<string> s_cells = Gen.Frequency(
        (3, Gen.String[Gen.Char["0123456789.-"], 1, 12]),
        (1, Gen.String[Gen.Char["0123456789.-+eEdD, '%$"], 0, 40]),
        (1, Gen.Select(Gen.Int[-99_999, 99_999], Gen.Int[0, 999], (whole, part) => $"{whole}.{part:000}")),
        (1, Gen.Select(Gen.Double, Gen.OneOfConst("R", "E17", "F3", "G15"), (value, format) => value.ToString(format, CultureInfo.InvariantCulture))));

    [Fact]
    public void A_plain_number_has_the_bits_that_each_notation_reads_and_is_read_by_those_that_its_form_says() => s_cells.Sample(
        cell =>
        {
            if (!PlainNumber.TryParse(cell, out PlainNumber number)) return;
            foreach (NumberNotation notation in s_notations)
            {
                bool isRead = notation.TryParse(cell, out double value);
                bool isAlike = notation.DecimalMark == '.' || number.Form is PlainForm.Whole or PlainForm.Unpointed;
                isRead.Should().Be(isAlike || (number.Form == PlainForm.Grouped && notation.GroupMark == '.'), $"'{cell}' in {notation}");
                if (isAlike) BitConverter.DoubleToInt64Bits(value).Should().Be(BitConverter.DoubleToInt64Bits(number.Value), cell);
                else if (isRead) value.Should().NotBe(number.Value, cell);
            }
        },
        iter: 100_000);

    [Fact]
    public void Votes_for_plain_numbers_counted_by_their_form_are_those_counted_cell_by_cell() => s_cells.Array[0, 12].Sample(
        cells =>
        {
            NumberVotes one = new(), all = new();
            foreach (string cell in cells)
            {
                if (!PlainNumber.TryParse(cell, out PlainNumber number)) continue;
                one.Add(cell).Should().BeTrue(cell);
                all.AddPlain(number.Form, 1);
                if (number.Form == PlainForm.Grouped) all.NoteGrouped(cell);
            }

            (all.Count, all.Either, all.SettledMark()).Should().Be((one.Count, one.Either, one.SettledMark()), string.Join(' ', cells));
            foreach (char? mark in new char?[] { null, '.', ',' }) all.Choose(mark).Should().Be(one.Choose(mark));
        },
        iter: 20_000);

    [Fact]
    public void Every_double_written_by_a_program_is_a_plain_number_and_comes_back_bit_by_bit() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        PlainNumber.TryParse(value.ToString("R", CultureInfo.InvariantCulture), out PlainNumber number).Should().BeTrue();
        BitConverter.DoubleToInt64Bits(number.Value).Should().Be(BitConverter.DoubleToInt64Bits(value));
    });

    [Fact]
    public void The_text_of_a_whole_number_is_known_from_its_value() => s_cells.Sample(
        cell =>
        {
            if (PlainNumber.TryParse(cell, out PlainNumber number) && number.Form == PlainForm.Whole) PlainNumber.WholeText(number.Value).Should().Be(cell);
        },
        iter: 20_000);
}
