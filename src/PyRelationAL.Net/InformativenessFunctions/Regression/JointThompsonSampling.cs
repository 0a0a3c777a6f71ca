using PyRelationAL.Models;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>Thompson sampling: s is one draw of the whole function from the posterior, the same for all candidates. In units of the target.</summary>
/// <remarks>
/// Thompson 1933 (Biometrika); Russo et al. 2018. Neighbouring candidates rise and fall together; in <see cref="ThompsonSampling"/> each is drawn by itself.
/// With an ensemble the draw is one member; with a Gaussian process it needs the pool's covariance, O(N²) memory and O(N³) time, and is refused for pools above
/// 4,096 (see <see cref="QueryContext.DrawJointValues"/>).
/// </remarks>
public sealed class JointThompsonSampling : IInformativenessFunction
{
    /// <inheritdoc/>
    public Requirements Requirements { get; } = new(TaskKinds.Regression, Capabilities.JointValueDraws);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.DrawJointValues(context.RandomFor(nameof(JointThompsonSampling)));
    }
}
