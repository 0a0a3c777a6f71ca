using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Expected error reduction: what leaves the least expected loss on the rest of the pool. For every candidate and every label c, a model is trained on the
/// labelled items and (x, c); s = −Σ_c p(c|x) Σ_u≠x loss(u), the largest first.
/// </summary>
/// <remarks>
/// <para>
/// Roy and McCallum, "Toward optimal active learning through sampling estimation of error reduction", ICML 2001. p(c|x) is what the round's own model says;
/// labels of probability 0 are not tried. The candidate is never among those that the loss is summed over.
/// </para>
/// <para>
/// N·C trainings and N·C predictions of the pool, in parallel over candidates: meant for small models, and for a random part of a larger pool
/// (<see cref="SubPoolStrategy"/>). All trainings draw the same random numbers, so that the candidates differ by their label alone. The batch is the b largest;
/// ties go to the lowest index.
/// </para>
/// </remarks>
public sealed class ExpectedErrorReductionStrategy : Strategy
{
    private readonly Func<IModelManager> _createModel;
    private readonly ExpectedErrorLoss _loss;

    /// <summary>Creates the strategy.</summary>
    /// <param name="createModel">
    /// Makes a new, untrained <see cref="IClassProbabilityPredictor"/>, usually of the kind that is queried for; called on several threads, for each training.
    /// </param>
    /// <param name="loss">What to sum over the pool.</param>
    public ExpectedErrorReductionStrategy(Func<IModelManager> createModel, ExpectedErrorLoss loss = ExpectedErrorLoss.Logarithmic)
    {
        ArgumentNullException.ThrowIfNull(createModel);
        _createModel = createModel;
        _loss = loss;
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    /// <summary>Scores candidates with any way of training.</summary>
    /// <param name="probabilities">p(c|x) of the candidates [N×C], from the present model.</param>
    /// <param name="refit">
    /// From a candidate and a class to the class probabilities of all candidates [N×C] after training with that label; called on several threads.
    /// </param>
    /// <param name="loss">What to sum over the pool.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>N scores: minus the expected loss, at most 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="refit"/> gave another number of rows than N.</exception>
    public static double[] Compute(
        ClassProbabilities probabilities,
        Func<int, int, ClassProbabilities> refit,
        ExpectedErrorLoss loss = ExpectedErrorLoss.Logarithmic,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(refit);
        var scores = new double[probabilities.RowCount];
        Blocks.ForEach(
            scores.Length,
            maxDegreeOfParallelism,
            cancellationToken,
            (candidate, _) =>
            {
                for (int c = 0; c < probabilities.ClassCount; c++)
                {
                    double weight = probabilities.Row(candidate)[c];
                    if (weight > 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        ClassProbabilities after = refit(candidate, c);
                        Guard.SameLength(scores.Length, after.RowCount, "probabilities after a refit", nameof(refit));
                        scores[candidate] -= weight * Sum(after, candidate, loss);
                    }
                }
            },
            blockRows: 1);
        return scores;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Read before several threads do.
        DatasetView pool = context.Pool, labelled = context.Labelled;
        ClassProbabilities probabilities = context.ClassProbabilities;
        RandomStream random = context.RandomFor(nameof(ExpectedErrorReductionStrategy));
        double[] scores = Compute(
            probabilities,
            (candidate, label) =>
            {
                int index = pool.Indices[candidate];
                var supposed = new SupposedLabels(pool.Dataset, [new PseudoLabel(index, Label.OfClass(label))]);
                IModelManager model = _createModel();
                model.Train(
                    new DatasetView(supposed, (int[])[.. labelled.Indices, index]), null, random.Child("training"), context.CancellationToken);
                return model is IClassProbabilityPredictor predictor
                    ? predictor.PredictProbabilities(pool, context.CancellationToken)
                    : throw new CapabilityMissingException(Name, model.GetType().Name, Capabilities.ClassProbabilities);
            },
            _loss,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        int[] selected = TopPositions.Of(scores, count);
        return new Batch(selected, Array.ConvertAll(selected, i => scores[i]));
    }

    private static double Sum(ClassProbabilities p, int candidate, ExpectedErrorLoss loss)
    {
        var losses = new double[p.RowCount];
        if (loss == ExpectedErrorLoss.Logarithmic)
        {
            Entropies.OfRows(p.Values, p.ClassCount, losses);
        }
        else
        {
            for (int i = 0; i < losses.Length; i++)
            {
                losses[i] = 1 - p.Row(i)[p.ArgMax(i)];
            }
        }

        losses[candidate] = 0;
        // In order: a vector's lanes would give the duplicates of an item other sums than its own.
        double sum = 0;
        foreach (double value in losses)
        {
            sum += value;
        }

        return sum;
    }
}
