using PyRelationAL.Models.Covariance;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>
/// The kernels used where the user gives none. Their length scale starts at the median distance between training rows: from a start far below it all
/// covariances underflow, the likelihood's gradient vanishes, and fitting ends where it began.
/// </summary>
internal static class DefaultKernels
{
    private const double NoiseStart = 0.1;

    public static Kernel ForClassification(TrainingInputs inputs) => new ConstantKernel(1.0) * new RbfKernel(MedianDistance(inputs));

    public static Kernel ForRegression(TrainingInputs inputs) => ForClassification(inputs) + new WhiteNoiseKernel(NoiseStart);

    private static double MedianDistance(TrainingInputs inputs)
    {
        double[] squared = [.. inputs.SquaredDistances.Values.ToArray().Where(d => d > 0)];
        if (squared.Length == 0)
        {
            return 1;
        }

        Array.Sort(squared);
        return Math.Clamp(Math.Sqrt(squared[squared.Length / 2]), Hyperparameter.DefaultLowerBound, Hyperparameter.DefaultUpperBound);
    }
}
