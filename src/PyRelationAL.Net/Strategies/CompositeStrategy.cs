using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;

namespace PyRelationAL.Strategies;

/// <summary>A strategy put together from an informativeness function, which scores the candidates, and a selection criterion, which picks the batch.</summary>
public class CompositeStrategy : Strategy, ITrainingParticipant
{
    private readonly ISelectionCriterion _selection;
    private readonly string? _name;

    /// <summary>Composes a strategy.</summary>
    /// <param name="informativeness">Scores the candidates.</param>
    /// <param name="selection">Picks the batch; top-k by default.</param>
    /// <param name="name">A name for tables; by default the type's name without "Strategy".</param>
    public CompositeStrategy(IInformativenessFunction informativeness, ISelectionCriterion? selection = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(informativeness);
        Informativeness = informativeness;
        _selection = selection ?? Selection.TopK;
        _name = name;
        Requirements = Informativeness.Requirements.And(_selection.Requirements);
    }

    /// <inheritdoc/>
    public override string Name => _name ?? base.Name;

    /// <inheritdoc/>
    public sealed override Requirements Requirements { get; }

    /// <summary>The score.</summary>
    internal IInformativenessFunction Informativeness { get; }

    /// <summary>Makes the hook of a score that takes part in the training.</summary>
    /// <param name="task">The dataset's task.</param>
    /// <returns>A hook; null where the score takes no part, as most do not.</returns>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => ScoreParts.HookOf(task, Informativeness);

    /// <summary>The same scores with another criterion.</summary>
    internal CompositeStrategy With(ISelectionCriterion selection, string name) => new(Informativeness, selection, name);

    /// <inheritdoc/>
    protected sealed override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        double[] scores = context.Score(Informativeness);
        int[] positions = _selection.Select(scores, count, context);
        return new Batch(positions, Array.ConvertAll(positions, i => scores[i]));
    }
}
