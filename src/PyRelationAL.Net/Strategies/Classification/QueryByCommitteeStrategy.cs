using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the members of a committee disagree most.</summary>
/// <param name="disagreement">
/// How disagreement is measured: <see cref="VoteEntropy"/> by default, or <see cref="ConsensusEntropy"/>, <see cref="MeanDisagreement"/>, <see
/// cref="MaxDisagreement"/>.
/// </param>
/// <param name="selection">Picks the batch; top-k by default.</param>
/// <remarks>Seung, Opper and Sompolinsky, COLT 1992. Needs a model that gives posterior samples, such as a committee.</remarks>
public sealed class QueryByCommitteeStrategy(IInformativenessFunction? disagreement = null, ISelectionCriterion? selection = null)
    : CompositeStrategy(disagreement ?? new VoteEntropy(), selection);
