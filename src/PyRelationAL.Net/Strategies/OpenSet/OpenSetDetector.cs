using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// The detector of <see cref="LfOSAStrategy"/>: C + 1 logits of one hidden layer, the last of what is of no class. It descends the cross-entropy of
/// softmax(z/T), T of what is of a class or of what is of none, plus the centre loss of the hidden layer.
/// </summary>
internal sealed class OpenSetDetector
{
    private const int BatchSize = 64;
    private const double LearningRate = 0.01;

    // Small enough that what a block passes through is no large object.
    private const int PredictedRows = 128;

    private readonly double _temperature;
    private readonly double _outsideTemperature;
    private readonly double _centreWeight;

    public OpenSetDetector(
        int width, int hiddenWidth, int classes, double temperature, double outsideTemperature, double centreWeight, RandomStream random)
    {
        Network = new SmallNetwork(random, width, hiddenWidth, classes + 1);
        Centres = new ClassCentres(classes + 1, hiddenWidth);
        (_temperature, _outsideTemperature, _centreWeight) = (temperature, outsideTemperature, centreWeight);
    }

    public SmallNetwork Network { get; }

    public ClassCentres Centres { get; }

    /// <summary>Leaves the gradient of a batch in the network.</summary>
    /// <param name="pass">The batch; comes back with the values that the gradient was taken at.</param>
    /// <param name="labels">A class for each row, C where it is of none.</param>
    /// <returns>The loss.</returns>
    public double Differentiate(NetworkPass pass, ReadOnlySpan<int> labels)
    {
        Network.Forward(pass);
        int outputs = Network.Outputs;
        double loss = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            loss += SoftmaxLoss.Write(
                pass.Outputs.Slice(i * outputs, outputs),
                labels[i],
                labels[i] == outputs - 1 ? _outsideTemperature : _temperature,
                labels.Length,
                pass.OutputGradient.Slice(i * outputs, outputs));
        }

        if (_centreWeight == 0)
        {
            Network.Backward(pass, learn: true, toInputs: false);
            return loss;
        }

        var byHidden = new double[pass.Hidden.Length];
        loss += Centres.Write(pass.Hidden, labels, _centreWeight, byHidden);
        Network.Backward(pass, learn: true, toInputs: false, byHidden);
        return loss;
    }

    /// <summary>Learns from rows that lie one behind the other.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="labels">A class for each, C where it is of none.</param>
    /// <param name="epochs">How often.</param>
    /// <param name="random">Their order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Train(StandardisedRows rows, int start, int[] labels, int epochs, RandomStream random, CancellationToken cancellationToken)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        var pass = new NetworkPass(Network, Math.Min(BatchSize, labels.Length));
        Span<int> ofBatch = stackalloc int[BatchSize];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.Shuffle<int>(order);
            for (int at = 0; at < order.Length; at += BatchSize)
            {
                ReadOnlySpan<int> batch = order.AsSpan(at, Math.Min(BatchSize, order.Length - at));
                pass.Count = batch.Length;
                rows.Write(batch, start, pass.Inputs);
                for (int i = 0; i < batch.Length; i++)
                {
                    ofBatch[i] = labels[batch[i]];
                }

                Differentiate(pass, ofBatch[..batch.Length]);
                Network.Step(LearningRate);
                if (_centreWeight > 0)
                {
                    Centres.Follow(pass.Hidden, ofBatch[..batch.Length]);
                }
            }
        }
    }

    /// <summary>The logits of the first rows, in parallel.</summary>
    public double[] Logits(StandardisedRows rows, int count, int threads, CancellationToken cancellationToken)
    {
        var logits = new double[checked(count * Network.Outputs)];
        Blocks.ForEach(
            count,
            threads,
            cancellationToken,
            (start, rowCount) =>
            {
                var pass = new NetworkPass(Network, rowCount);
                rows.WriteFrom(start, rowCount, pass.Inputs);
                Network.Forward(pass);
                pass.Outputs.CopyTo(logits.AsSpan(start * Network.Outputs));
            },
            blockRows: PredictedRows);
        return logits;
    }
}
