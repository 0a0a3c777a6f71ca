using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL;

/// <content>Rows and predictions of what is known, for strategies that compare candidates with it.</content>
public sealed partial class QueryContext
{
    private ClassProbabilities? _labelledProbabilities;
    private ClassProbabilities? _outOfDistributionProbabilities;
    private FeatureMatrix? _outOfDistributionEmbeddings;

    /// <summary>Class probabilities of the labelled items [L×C]: predicted, or the mean of posterior samples where the model gives only those.</summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public ClassProbabilities LabelledClassProbabilities => _labelledProbabilities ??= ProbabilitiesOf(Labelled, -1);

    /// <summary>Class probabilities of the items that are known to be out of distribution [O×C], as <see cref="LabelledClassProbabilities"/>.</summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public ClassProbabilities OutOfDistributionClassProbabilities => _outOfDistributionProbabilities ??= ProbabilitiesOf(OutOfDistribution, -2);

    /// <summary>The rows in a feature space of the items that are known to be out of distribution [O×D].</summary>
    /// <param name="space">Features or embeddings.</param>
    /// <returns>The rows.</returns>
    public FeatureMatrix OutOfDistributionRows(FeatureSpace space) =>
        space == FeatureSpace.Features ? OutOfDistribution.Features : _outOfDistributionEmbeddings ??= Embed(OutOfDistribution);

    private ClassProbabilities ProbabilitiesOf(DatasetView items, int start) => _model is IClassProbabilityPredictor predictor
        ? Checked(predictor.PredictProbabilities(items, CancellationToken), p => p.RowCount, p => p.ClassCount, items.Count)
        : MeanOfSamples(items, start);

    private ClassProbabilities MeanOfSamples(DatasetView items, int start)
    {
        var sampler = Need<IPosteriorClassSampler>(Capabilities.ClassProbabilities);
        // Pool blocks of a sampler that is not consistent draw from the children 0, 1, ...: a negative start is none of theirs.
        PosteriorClassSamples samples = Checked(
            sampler.SampleProbabilities(items, SamplingStream(sampler.Consistent, start), CancellationToken),
            s => s.RowCount,
            s => s.ClassCount,
            items.Count);
        RequireSamples(sampler.SampleCount, samples.SampleCount);
        return samples.Mean();
    }
}
