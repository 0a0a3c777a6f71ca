using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>Keeps the running mean of the labelled items' class probabilities, and trains a head to predict it.</summary>
internal sealed class TrainingDynamicsHook(AuxiliaryHead head) : ITrainingHook
{
    private double[] _mean = [];

    /// <summary>p̄ [L×C], row-major, of the training that is under way or was the last.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    public AuxiliaryHead? AuxiliaryHead => head;

    public bool NeedsEpochOutputs => true;

    public void OnEpoch(TrainingEpoch epoch)
    {
        if (epoch.Epoch == 0)
        {
            _mean = epoch.Outputs.ToArray();
            return;
        }

        for (int i = 0; i < _mean.Length; i++)
        {
            _mean[i] = ((epoch.Epoch * _mean[i]) + epoch.Outputs[i]) / (epoch.Epoch + 1);
        }
    }

    public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient)
    {
        if (batch.Epoch == 0)
        {
            return 0;
        }

        int classes = batch.OutputCount, rows = batch.Rows.Length;
        double sum = 0;
        Span<double> outputs = new double[classes];
        for (int i = 0; i < rows; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                outputs[c] = batch.Outputs[(i * classes) + c];
            }

            double logSum = CrossEntropyDirection.LogSum(outputs);
            ReadOnlySpan<double> target = _mean.AsSpan(batch.Rows[i] * classes, classes);
            for (int c = 0; c < classes; c++)
            {
                // −ln p̃, from the outputs: the logarithm of a probability of 0 is never taken.
                double surprise = logSum - outputs[c];
                sum += Entropies.XLogX(target[c]) + (target[c] * surprise);
                gradient[(i * classes) + c] = (float)((Math.Exp(-surprise) - target[c]) / rows);
            }
        }

        return sum / rows;
    }
}
