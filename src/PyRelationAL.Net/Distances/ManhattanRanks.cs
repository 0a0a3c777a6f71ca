using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>Manhattan distances in float32. All terms have one sign, so that the error is a share of the distance.</summary>
internal sealed class ManhattanRanks : IReferenceRanks
{
    // Half of the distance from 1 to the next float32.
    private const double Unit = 1.0 / (1 << 24);

    private readonly SinglePanels _panels;
    private readonly double _error;

    /// <param name="references">References [N×D].</param>
    public ManhattanRanks(FeatureMatrix references)
    {
        _panels = new SinglePanels(references.RowCount, references.ColumnCount);
        _error = 1.01 * Unit * (references.ColumnCount + 2);
        for (int i = 0; i < references.RowCount; i++)
        {
            _panels.SetColumn(i, references.Row(i));
        }
    }

    public int PanelCount => _panels.Count;

    public void Write(ReadOnlySpan<float> rows, int count, int panel, Span<float> ranks) => _panels.ManhattanDistances(rows, count, panel, ranks);

    public double ErrorFor(double squaredNorm) => _error;

    public float LimitOfRank(float rank, double squaredNorm, double error) => LimitOfDistance(rank / (1 - error), squaredNorm, error);

    // A little more for the rounding of this line and of distances in double.
    public float LimitOfDistance(double distance, double squaredNorm, double error) => (float)(distance * (1 + error) * (1 + 1e-6));
}
