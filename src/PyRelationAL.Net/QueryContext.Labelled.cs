using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL;

/// <content>Predictions for what is labelled, for strategies that compare candidates with labelled items.</content>
public sealed partial class QueryContext
{
    private ClassProbabilities? _labelledProbabilities;

    /// <summary>Class probabilities of the labelled items [L×C]: predicted, or the mean of posterior samples where the model gives only those.</summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public ClassProbabilities LabelledClassProbabilities => _labelledProbabilities ??= _model is IClassProbabilityPredictor predictor
        ? Checked(predictor.PredictProbabilities(Labelled, CancellationToken), p => p.RowCount, p => p.ClassCount, Labelled.Count)
        : LabelledMeanOfSamples();

    private ClassProbabilities LabelledMeanOfSamples()
    {
        var sampler = Need<IPosteriorClassSampler>(Capabilities.ClassProbabilities);
        // Pool blocks of a sampler that is not consistent draw from the children 0, 1, ...: −1 is none of theirs.
        PosteriorClassSamples samples = Checked(
            sampler.SampleProbabilities(Labelled, SamplingStream(sampler.Consistent, -1), CancellationToken),
            s => s.RowCount,
            s => s.ClassCount,
            Labelled.Count);
        RequireSamples(sampler.SampleCount, samples.SampleCount);
        return samples.Mean();
    }
}
