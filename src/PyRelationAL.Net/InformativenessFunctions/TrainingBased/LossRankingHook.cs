using PyRelationAL.Models;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>Trains a head to say which of two items has the larger loss.</summary>
internal sealed class LossRankingHook(AuxiliaryHead head, double margin) : ITrainingHook
{
    public AuxiliaryHead? AuxiliaryHead => head;

    public bool NeedsEpochOutputs => false;

    public void OnEpoch(TrainingEpoch epoch)
    {
    }

    public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient)
    {
        int pairs = batch.Losses.Length / 2;
        double sum = 0;
        for (int i = 0; i < pairs; i++)
        {
            int j = batch.Losses.Length - 1 - i;
            int sign = batch.Losses[i] > batch.Losses[j] ? 1 : -1;
            double loss = margin - (sign * ((double)batch.Outputs[i] - batch.Outputs[j]));
            if (loss > 0)
            {
                sum += loss;
                gradient[i] = -sign / (float)pairs;
                gradient[j] = sign / (float)pairs;
            }
        }

        return pairs == 0 ? 0 : sum / pairs;
    }
}
