using System.Buffers;
using PyRelationAL.Models.Covariance;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>
/// Some items' rows of L⁻¹ k*, kept while training rows are appended: another training row costs O(n) for each item, where solving anew costs O(n²). Every
/// number has the bits that <see cref="GaussianPosterior.Predict"/> would give it.
/// </summary>
internal sealed class SolvedItems
{
    private readonly FeatureMatrix _features;
    private readonly CrossInputs _cross;
    private readonly List<double[]> _solved = [];
    private readonly double[] _mean;
    private readonly double[] _variance;
    private GaussianPosterior? _of;

    public SolvedItems(GaussianPosterior posterior, FeatureMatrix features)
    {
        _features = features;
        _cross = posterior.Cross(features);
        _mean = new double[_cross.Width];
        _variance = new double[_cross.Width];
        Array.Fill(_variance, posterior.Kernel.PriorVariance);
    }

    public ReadOnlySpan<float> Features(int item) => _features.Row(item);

    public double Mean(int item) => _mean[item];

    public double Variance(int item) => Math.Max(0, _variance[item]);

    /// <summary>Brings means and variances up to a posterior that has the training rows of the last one, and maybe more.</summary>
    public void Update(GaussianPosterior posterior)
    {
        if (_of == posterior)
        {
            return;
        }

        int known = _solved.Count;
        if (known == 0)
        {
            SolveAll(posterior);
        }
        else
        {
            for (int row = known; row < posterior.RowCount; row++)
            {
                var solved = new double[_cross.Width];
                posterior.Kernel.EvaluateCross(_cross.With(posterior.OneInput(row)), solved);
                posterior.Factor.SolveRow(row, _solved, solved);
                _solved.Add(solved);
            }
        }

        Array.Clear(_mean);
        for (int k = 0; k < _solved.Count; k++)
        {
            LinearAlgebra.VectorLoops.SubtractScaled(_solved[k], -posterior.Weights[k], _mean);
            if (k >= known)
            {
                LinearAlgebra.VectorLoops.SubtractSquares(_solved[k], _variance);
            }
        }

        _of = posterior;
    }

    private void SolveAll(GaussianPosterior posterior)
    {
        int width = _cross.Width;
        double[] rented = posterior.Rent(width);
        Span<double> solved = posterior.Solved(_cross, rented, default);
        for (int k = 0; k < posterior.RowCount; k++)
        {
            _solved.Add(solved.Slice(k * width, width).ToArray());
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
