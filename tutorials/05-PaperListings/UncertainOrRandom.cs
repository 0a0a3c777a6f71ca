using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.SelectionCriteria;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tutorials;

/// <summary>
/// The paper's ε-greedy strategy: an informativeness function scores the pool, here by how much the members disagree, and a selection criterion makes a batch
/// of the
/// scores, here mostly the highest, and a share ε at random.
/// </summary>
internal sealed class UncertainOrRandom(double epsilon) : Strategy
{
    private static readonly IInformativenessFunction Score = new StandardDeviation();
    private readonly ISelectionCriterion _selection = new EpsilonGreedy(epsilon);

    public override Requirements Requirements => Score.Requirements;

    protected override Batch Select(QueryContext context, int count) => new(_selection.Select(context.Score(Score), count, context));
}
