using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries what would move a linear model's weights farthest if a committee were right (<see cref="ExpectedModelChange"/>): EMCM.</summary>
/// <param name="space">Whose length counts; the dataset's features by default.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class ExpectedModelChangeStrategy(FeatureSpace space = FeatureSpace.Features, ISelectionCriterion? selection = null)
    : CompositeStrategy(new ExpectedModelChange(space), selection);
