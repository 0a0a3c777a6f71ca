using PyRelationAL.Models.Optimisation;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>What a training leaves for the next one of the same run: where each latent function's fit ended.</summary>
internal sealed class RoundMemory
{
    // From a start value as good as the last optimum a fit takes a few evaluations, from the kernel's own values some dozens.
    private const double GrowthUntilFreshStart = 1.25;

    private readonly Dictionary<int, WarmStart> _ends = [];
    private FeatureMatrix? _rows;
    private int _rowsAtFreshStart;

    /// <summary>Whether a fresh start is due; forgets everything where the rows are not those of the last training and more.</summary>
    public bool Begin(FeatureMatrix rows)
    {
        if (_rows is null || rows.RowCount < _rows.RowCount || !rows.Values.StartsWith(_rows.Values) || rows.ColumnCount != _rows.ColumnCount)
        {
            _ends.Clear();
            _rowsAtFreshStart = 0;
        }

        _rows = rows;
        if (rows.RowCount < GrowthUntilFreshStart * _rowsAtFreshStart)
        {
            return false;
        }

        _rowsAtFreshStart = rows.RowCount;
        return true;
    }

    public WarmStart StartOf(int function, int freeCount, bool freshStartDue) =>
        _ends.TryGetValue(function, out WarmStart end) && end.LogValues?.Length == freeCount
            ? end with { FreshStartDue = freshStartDue }
            : default;

    public void End(int function, double[] logValues, CurvatureMemory? curvature, double[]? mode) =>
        _ends[function] = new WarmStart(logValues, curvature, mode, FreshStartDue: false);
}
