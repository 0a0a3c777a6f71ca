using PyRelationAL.Reproduction.Paper;

namespace PyRelationAL.Reproduction.Page;

/// <summary>What draws with other seeds say of a cell that differs: where the paper's mean lies among theirs.</summary>
/// <param name="Draws">How many draws there are.</param>
/// <param name="Least">The smallest of their means.</param>
/// <param name="Most">The largest.</param>
/// <param name="Below">How many are below the paper's.</param>
internal sealed record Evidence(int Draws, double Least, double Most, int Below)
{
    /// <summary>Whether chance gives such a number: some draw is as small or smaller, and some as large or larger.</summary>
    public bool Explains { get; private init; }

    /// <summary>Compares; null where nothing was drawn.</summary>
    public static Evidence? Of(CellScore paper, IEnumerable<CellScore> draws)
    {
        double[] means = [.. draws.Select(draw => draw.Mean)];
        return means.Length == 0
            ? null
            : new Evidence(means.Length, means.Min(), means.Max(), means.Count(mean => mean < paper.Mean))
            {
                Explains = means.Min() <= paper.Mean && paper.Mean <= means.Max(),
            };
    }

    /// <summary>In words.</summary>
    public override string ToString()
    {
        string place = Explains ? FormattableString.Invariant($"{Below} of them below the paper's")
            : Below == 0 ? "all above the paper's" : "all below the paper's";
        return FormattableString.Invariant($"{Draws} draws, {CellText.Fixed(Least, 4)} to {CellText.Fixed(Most, 4)}: {place}");
    }
}
