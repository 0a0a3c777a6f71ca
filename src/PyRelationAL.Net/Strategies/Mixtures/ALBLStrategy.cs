using System.Runtime.InteropServices;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Active learning by learning: a bandit that learns during the run which of several strategies serves it best. Each item is drawn from
/// q(i) = Σ_k p_k φ_k(i), where φ_k is all on the item that strategy k likes best of those left, or uniform for <see cref="RandomAcquisitionStrategy"/>. The
/// reward of a round is the importance-weighted accuracy of the new model on all items queried so far, (1/(N T b)) Σ 1[ŷ = y] / q, which estimates its
/// accuracy on all N items without a labelled test set; <c>Exp4.P</c> turns rewards into the probabilities p_k.
/// </summary>
/// <remarks>
/// <para>
/// Include <see cref="RandomAcquisitionStrategy"/>: only then can every item be drawn, which makes the estimate unbiased. A strategy that draws its batch
/// itself counts as advising what it drew. With b = 1 this is the algorithm of the paper; with larger batches the items of a batch are drawn one after the
/// other, and the bandit learns from their mean.
/// </para>
/// <para>
/// An instance serves one run: it remembers what it drew, by the run's rounds (<see cref="QueryContext.Round"/>), and starts anew at round 0. Asked again
/// in the same round, it answers the same. Cost: that of all its strategies, in every round.
/// </para>
/// <para>Source: Hsu and Lin, "Active Learning by Learning", AAAI 2015; Beygelzimer et al., AISTATS 2011 (Exp4.P).</para>
/// </remarks>
public sealed class ALBLStrategy : Strategy, ITrainingParticipant, IPseudoLabeller
{
    private readonly IStrategy[] _strategies;
    private readonly int _horizon;
    private readonly double _delta;
    private readonly List<BanditRound> _rounds = [];

    /// <summary>Creates the bandit.</summary>
    /// <param name="strategies">The strategies to choose among, each name once; by default margin, query by density and random.</param>
    /// <param name="horizon">T, the number of queries that the run will make, at least 1: the longer, the less is given to exploring.</param>
    /// <param name="delta">δ, in (0, 1]: the bandit's bound on the regret holds with probability 1 − δ.</param>
    /// <exception cref="ArgumentException">No strategy is given, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The horizon or δ is out of range.</exception>
    public ALBLStrategy(IReadOnlyList<IStrategy>? strategies = null, int horizon = 100, double delta = 0.1)
    {
        _strategies = [.. strategies ?? [new MarginalConfidenceStrategy(), new InformationDensityStrategy(), new RandomAcquisitionStrategy()]];
        if (_strategies.Length == 0)
        {
            throw new ArgumentException("A bandit needs at least one strategy to choose.", nameof(strategies));
        }

        if (_strategies.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The strategy {twice.Key} is listed twice; list each once.", nameof(strategies));
        }

        if (delta is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(delta), delta, Guard.Text($"δ is {delta}; it must be in (0, 1]."));
        }

        _horizon = Guard.Positive(horizon);
        _delta = delta;
    }

    /// <inheritdoc/>
    public override Requirements Requirements => _strategies.Select(s => s.Requirements).Aggregate(
        new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities), (all, one) => all.And(one));

    /// <summary>p_k, the probability with which each strategy is to be followed, as learned from the rewards known so far; sums to 1.</summary>
    /// <value>At the start 1/K each.</value>
    public IReadOnlyDictionary<string, double> Probabilities =>
        _strategies.Zip(Weights().Probabilities()).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Two of the strategies take part in the training; a model trains with one only.</exception>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, _strategies);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) => StrategyParts.LabelsOf(context, _strategies);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        // A round that is asked for again, and those of an earlier run, are forgotten.
        _rounds.RemoveAll(round => round.Number >= context.Round);
        if (_rounds.Count > 0)
        {
            _rounds[^1].Reward ??= Reward(context);
        }

        var round = new BanditRound(context.Round);
        Draw(round, context, count);
        _rounds.Add(round);
        return BatchOf(new Suggestion([.. round.Draws.Select(draw => draw.Index)]), context.Pool);
    }

    /// <summary>(1/(N T b)) Σ 1[ŷ = y] / q over the items queried so far that got a class as their label.</summary>
    private double Reward(QueryContext context)
    {
        ClassProbabilities predicted = context.LabelledClassProbabilities;
        int[] labels = context.Labelled.ClassLabels();
        var rows = new Dictionary<int, int>(context.Labelled.Count);
        for (int row = 0; row < labels.Length; row++)
        {
            rows[context.Labelled.Indices[row]] = row;
        }

        double sum = 0;
        foreach (BanditRound round in _rounds)
        {
            double correct = 0;
            foreach (BanditDraw draw in round.Draws)
            {
                if (rows.TryGetValue(draw.Index, out int row) && predicted.ArgMax(row) == labels[row])
                {
                    correct += 1 / draw.Probability;
                }
            }

            sum += correct / round.Draws.Count;
        }

        int items = context.Pool.Count + context.Labelled.Count + context.OutOfDistribution.Count;
        return sum / ((double)items * _horizon);
    }

    private ExpertWeights Weights()
    {
        var weights = new ExpertWeights(_strategies.Length, _horizon, _delta);
        var rewards = new double[_strategies.Length];
        foreach (BanditRound round in _rounds)
        {
            if (round.Reward is not { } reward)
            {
                continue;
            }

            for (int k = 0; k < _strategies.Length; k++)
            {
                rewards[k] = round.Draws.Average(draw => draw.Advice[k] * reward / draw.Probability);
            }

            weights.Learn(rewards);
        }

        return weights;
    }

    private void Draw(BanditRound round, QueryContext context, int count)
    {
        double[] probabilities = Weights().Probabilities();
        // Null stands for uniform advice.
        IReadOnlyList<int>?[] advice = [.. _strategies.Select(s => s is RandomAcquisitionStrategy ? null : s.Suggest(context, count).Indices)];
        RandomStream random = context.RandomFor(nameof(ALBLStrategy));
        var left = new List<int>(context.Pool.Indices.ToArray());
        var taken = new HashSet<int>();
        var next = new int[_strategies.Length];
        while (round.Draws.Count < count)
        {
            double uniform = 0;
            var favoured = new Dictionary<int, double>();
            for (int k = 0; k < _strategies.Length; k++)
            {
                if (advice[k] is not { } list)
                {
                    uniform += probabilities[k] / left.Count;
                    continue;
                }

                while (taken.Contains(list[next[k]]))
                {
                    next[k]++;
                }

                CollectionsMarshal.GetValueRefOrAddDefault(favoured, list[next[k]], out _) += probabilities[k];
            }

            int index = DrawIndex(random.NextDouble(), advice, next, probabilities, left, random);
            round.Draws.Add(new BanditDraw(
                index,
                uniform + favoured.GetValueOrDefault(index),
                [.. advice.Select((list, k) => list is null ? 1.0 / left.Count : list[next[k]] == index ? 1.0 : 0.0)]));
            taken.Add(index);
            left.Remove(index);
        }
    }

    /// <summary>Draws a strategy, and an item from its advice: the same law as drawing from q.</summary>
    private static int DrawIndex(
        double draw, IReadOnlyList<int>?[] advice, int[] next, double[] probabilities, List<int> left, RandomStream random)
    {
        int chosen = 0;
        for (; chosen < probabilities.Length - 1 && draw >= probabilities[chosen]; chosen++)
        {
            draw -= probabilities[chosen];
        }

        return advice[chosen] is { } list ? list[next[chosen]] : left[random.NextInt32(left.Count)];
    }
}
