using PyRelationAL;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace Outsider.Extensions;

/// <summary>Half the mean squared length of eight candidates' embeddings as a loss.</summary>
internal sealed class ShorteningHook : IEmbeddingHook
{
    private RandomStream _random = new(0);

    public int Steps { get; private set; }

    public DatasetView? Unlabelled { get; set; }

    public AuxiliaryHead? AuxiliaryHead => null;

    public bool NeedsEpochOutputs => false;

    public static double SquaredLength(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float value in row)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    public int Begin(RandomStream random)
    {
        _random = random;
        Steps = 0;
        return 8;
    }

    public void DrawUnlabelled(Span<int> rows)
    {
        foreach (ref int row in rows)
        {
            row = _random.NextInt32(Unlabelled!.Count);
        }
    }

    public double EmbeddingLoss(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient)
    {
        Steps++;
        int count = batch.UnlabelledRows.Length;
        for (int i = 0; i < unlabelledGradient.Length; i++)
        {
            unlabelledGradient[i] = batch.Unlabelled[i] / count;
        }

        return SquaredLength(batch.Unlabelled) / (2 * count);
    }

    public void OnBest()
    {
    }

    public void OnEpoch(TrainingEpoch epoch)
    {
    }

    public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient) => 0;
}
