using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// One strategy for the first rounds, another one afterwards: coverage while the model knows little, say, and uncertainty once it can be trusted.
/// </summary>
/// <remarks>
/// The round is the number of queries made so far (<see cref="QueryContext.Round"/>), so that the schedule has no state: asked twice in a round, it answers
/// the same. It needs what any of its parts needs, from the first round on. Cost: that of the strategy whose turn it is.
/// </remarks>
public sealed class ScheduledStrategy : Strategy, ITrainingParticipant, IPseudoLabeller
{
    private readonly StrategyPhase[] _phases;

    /// <summary>Creates a schedule.</summary>
    /// <param name="phases">The phases in order; all but the last say for how many rounds, the last one does not.</param>
    /// <exception cref="ArgumentException">There is no phase, one before the last has no length, or the last has one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A phase lasts less than one round.</exception>
    public ScheduledStrategy(params IReadOnlyList<StrategyPhase> phases)
    {
        ArgumentNullException.ThrowIfNull(phases);
        if (phases.Count == 0)
        {
            throw new ArgumentException("A schedule needs at least one phase.", nameof(phases));
        }

        for (int i = 0; i < phases.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(phases[i].Strategy);
            bool isLast = i == phases.Count - 1;
            if (isLast != phases[i].Rounds is null)
            {
                throw new ArgumentException(
                    isLast
                        ? $"The last phase, {phases[i].Strategy.Name}, goes on to the end of the run: leave its rounds out."
                        : Guard.Text($"Phase {i + 1}, {phases[i].Strategy.Name}, is not the last one: say for how many rounds it lasts."),
                    nameof(phases));
            }

            if (phases[i].Rounds < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(phases), phases[i].Rounds, Guard.Text($"Phase {i + 1}, {phases[i].Strategy.Name}, must last at least 1 round."));
            }
        }

        _phases = [.. phases];
    }

    /// <summary>The phases with their rounds, such as <c>RandomAcquisition:5+Entropy</c>.</summary>
    public override string Name => string.Join(
        '+', _phases.Select(phase => phase.Rounds is { } rounds ? Guard.Text($"{phase.Strategy.Name}:{rounds}") : phase.Strategy.Name));

    /// <inheritdoc/>
    public override Requirements Requirements => _phases.Select(phase => phase.Strategy.Requirements).Aggregate((all, one) => all.And(one));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Two phases take part in the training; a model trains with one only.</exception>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, [.. _phases.Select(phase => phase.Strategy)]);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return StrategyParts.LabelsOf(context, TurnIn(context.Round));
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BatchOf(TurnIn(context.Round).Suggest(context, count), context.Pool);
    }

    private IStrategy TurnIn(int round)
    {
        int end = 0;
        return _phases.First(phase => phase.Rounds is not { } rounds || round < (end += rounds)).Strategy;
    }
}
