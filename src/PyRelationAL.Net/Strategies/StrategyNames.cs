using System.Globalization;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Names that are made of others: <c>WRAPPER:NAME</c> for a strategy in a wrapper, <c>CRITERION:NAME</c> for its scores with another selection criterion,
/// <c>MQNet:NAME</c> for its scores as the informativeness of MQ-Net, <c>NAME:ROUNDS+NAME</c> for a schedule.
/// </summary>
internal static class StrategyNames
{
    private static readonly Wrapper[] Wrappers =
    [
        Of<AnchorALStrategy>("Near labelled items of each class:", "Lesci and Vlachos, NAACL 2024", TaskKinds.Classification, s => new AnchorALStrategy(s)),
        Of<ClassBalancerStrategy>(
            "In each predicted class, rare ones first:", "Schröder et al., EACL 2023", TaskKinds.Classification, s => new ClassBalancerStrategy(s)),
        Of<MQNetStrategy>(
            "With purity, as MQ-Net weighs both:",
            "Park et al., NeurIPS 2022",
            TaskKinds.Classification,
            s => new MQNetStrategy(((CompositeStrategy)s).Informativeness)) with { OfScores = true, StandsAlone = true },
        Of<OpenSetFilterStrategy>("In the purest half of the pool:", "—", TaskKinds.Any, s => new OpenSetFilterStrategy(s)),
        Of<SEALSStrategy>("Near labelled items:", "Coleman et al., AAAI 2022", TaskKinds.Any, s => new SEALSStrategy(s)),
        Drawn("Power", "in proportion to scores", () => Selection.Power(1)),
        Drawn("SoftRank", "by rank", () => Selection.SoftRank(1)),
        Drawn("Softmax", "in proportion to the exponential of scores", () => Selection.Softmax(1)),
    ];

    private static readonly string[] PowerBald = ["Power", "ClassificationBALD"];

    /// <summary>Reads a name, of which the parts are found by another function.</summary>
    /// <exception cref="ArgumentException">It is none; the message says why.</exception>
    public static StrategyDescription Parse(string name, Func<string, StrategyDescription> find)
    {
        string[] parts = name.Split('+');
        return parts.Length > 1 ? Schedule(name, parts, find) : Wrapped(name.Split(':', StringSplitOptions.TrimEntries), find);
    }

    private static StrategyDescription Wrapped(ReadOnlySpan<string> words, Func<string, StrategyDescription> find)
    {
        string name = words[0];
        if (words.Length == 1 && name.Equals("PowerBALD", StringComparison.OrdinalIgnoreCase))
        {
            return Wrapped(PowerBald, find);
        }

        Wrapper? wrapper = Array.Find(
            Wrappers, w => name.Equals(w.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(w.Name + "Strategy", StringComparison.OrdinalIgnoreCase));
        if (words.Length == 1)
        {
            return wrapper is null or { StandsAlone: true }
                ? find(name)
                : throw new ArgumentException(
                    $"{wrapper.Name} is put around a strategy: write {wrapper.Name}:NAME, as in {wrapper.Name}:Margin.", nameof(words));
        }

        if (wrapper is null)
        {
            throw new ArgumentException(
                $"'{name}' cannot be put around a strategy; {string.Join(", ", Wrappers.Select(w => w.Name))} can. "
                + "A schedule is NAME:ROUNDS+NAME, as in RandomAcquisition:5+BADGE.",
                nameof(words));
        }

        StrategyDescription inner = Wrapped(words[1..], find);
        if (wrapper.OfScores && !inner.Type.IsAssignableTo(typeof(CompositeStrategy)))
        {
            throw new ArgumentException($"{wrapper.Name} takes the scores of a strategy, and {inner.Name} is not made of scores alone.", nameof(words));
        }

        TaskKinds tasks = inner.Tasks & wrapper.Tasks;
        return tasks == TaskKinds.None
            ? throw new ArgumentException($"{wrapper.Name} and {inner.Name} are not for the same task.", nameof(words))
            : new StrategyDescription(
                $"{wrapper.Name}:{inner.Name}",
                wrapper.Type,
                $"{wrapper.Summary} {char.ToLowerInvariant(inner.Summary[0])}{inner.Summary[1..]}",
                wrapper.Reference == "—" ? inner.Reference : $"{wrapper.Reference}; {inner.Reference}",
                tasks,
                task => wrapper.Wrap(inner.Create(task)));
    }

    private static StrategyDescription Schedule(string name, string[] parts, Func<string, StrategyDescription> find)
    {
        var phases = new (StrategyDescription Strategy, int? Rounds)[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            string[] words = parts[i].Split(':', StringSplitOptions.TrimEntries);
            bool last = i == parts.Length - 1, counted = int.TryParse(words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int rounds);
            if (last ? counted : !counted || rounds == 0 || words.Length == 1)
            {
                throw new ArgumentException(
                    $"'{name}' is no schedule. Write NAME:ROUNDS for each strategy but the last, and join them by +, as in RandomAcquisition:5+BADGE.",
                    nameof(name));
            }

            phases[i] = (Wrapped(last ? words : words.AsSpan(..^1), find), last ? null : rounds);
        }

        TaskKinds tasks = phases.Aggregate(TaskKinds.Any, (all, phase) => all & phase.Strategy.Tasks);
        ScheduledStrategy Create(LearningTask task) => new([.. phases.Select(phase => new StrategyPhase(phase.Strategy.Create(task), phase.Rounds))]);
        string[] names = [.. phases.Select(phase => phase.Rounds is { } rounds ? Guard.Text($"{phase.Strategy.Name}:{rounds}") : phase.Strategy.Name)];
        return new StrategyDescription(
            string.Join('+', names),
            typeof(ScheduledStrategy),
            "One strategy after the other.",
            string.Join("; ", phases.Select(phase => phase.Strategy.Reference).Distinct()),
            tasks,
            Create);
    }

    private static Wrapper Of<T>(string summary, string reference, TaskKinds tasks, Func<IStrategy, IStrategy> wrap)
        where T : IStrategy =>
        new(typeof(T).Name[..^"Strategy".Length], typeof(T), summary, reference, tasks, wrap);

    private static Wrapper Drawn(string name, string how, Func<ISelectionCriterion> criterion) => new(
        name,
        typeof(CompositeStrategy),
        $"At random {how}:",
        "Kirsch et al., TMLR 2023",
        TaskKinds.Any,
        s => ((CompositeStrategy)s).With(criterion(), $"{name}:{s.Name}"),
        OfScores: true);

    private sealed record Wrapper(
        string Name,
        Type Type,
        string Summary,
        string Reference,
        TaskKinds Tasks,
        Func<IStrategy, IStrategy> Wrap,
        bool OfScores = false,
        bool StandsAlone = false);
}
