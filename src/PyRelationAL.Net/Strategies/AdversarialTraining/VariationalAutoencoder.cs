using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// The encoder, the decoder and the discriminator of <see cref="VAALStrategy"/>. Both sides of a batch pass through them together, candidates first; a mean
/// is over the rows of a side.
/// </summary>
internal sealed class VariationalAutoencoder
{
    // exp of more is of no use, and of much more infinite.
    private const double LargestLogVariance = 20;

    private readonly VAALOptions _options;
    private readonly NetworkPass _encoded;
    private readonly NetworkPass _decoded;
    private readonly NetworkPass _judged;
    private readonly double[] _deviations;
    private int _candidates;

    /// <param name="width">The width of a row.</param>
    /// <param name="options">How to train.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <param name="random">Draws the weights.</param>
    public VariationalAutoencoder(int width, VAALOptions options, int capacity, RandomStream random)
    {
        _options = options;
        int latent = options.LatentCount, hidden = options.HiddenWidth;
        Encoder = new SmallNetwork(random.Child("encoder"), width, hidden, 2 * latent);
        Decoder = new SmallNetwork(random.Child("decoder"), latent, hidden, width);
        Discriminator = new SmallNetwork(random.Child("discriminator"), latent, hidden, hidden, 1);
        _encoded = new NetworkPass(Encoder, capacity);
        _decoded = new NetworkPass(Decoder, capacity);
        _judged = new NetworkPass(Discriminator, capacity);
        _deviations = new double[capacity * latent];
    }

    public SmallNetwork Encoder { get; }

    public SmallNetwork Decoder { get; }

    public SmallNetwork Discriminator { get; }

    /// <summary>The rows of the batch, to be set.</summary>
    public Span<double> Rows => _encoded.Inputs;

    /// <summary>Makes room for a batch.</summary>
    public void Begin(int candidates, int labelled)
    {
        _candidates = candidates;
        _encoded.Count = candidates + labelled;
        _decoded.Count = candidates + labelled;
        _judged.Count = candidates + labelled;
    }

    /// <summary>
    /// Leaves in encoder and decoder the gradient of the sum over both sides of the mean of ½‖x − x̂‖² + β KL(N(μ, σ²) ‖ N(0, 1)) − λ₂ ln D(μ).
    /// </summary>
    /// <param name="noise">ε of z = μ + σ ε, one for each latent variable of each row.</param>
    /// <returns>The means.</returns>
    public (double Candidates, double Labelled) Differentiate(ReadOnlySpan<double> noise)
    {
        Encoder.Forward(_encoded);
        Span<double> means = _judged.Inputs, deviations = _deviations.AsSpan(0, means.Length), z = _decoded.Inputs;
        WriteMeans(_encoded, means);
        WriteDeviations(deviations);
        TensorPrimitives.MultiplyAdd(deviations, noise, means, z);
        Decoder.Forward(_decoded);
        Discriminator.Forward(_judged);
        (double Candidates, double Labelled) loss = default;
        for (int i = 0; i < _encoded.Count; i++)
        {
            double share = Share(i), own = LossOf(i, share);
            loss = i < _candidates ? (loss.Candidates + (share * own), loss.Labelled) : (loss.Candidates, loss.Labelled + (share * own));
        }

        Decoder.Backward(_decoded, learn: true, toInputs: true);
        Discriminator.Backward(_judged, learn: false, toInputs: true);
        for (int i = 0; i < _encoded.Count; i++)
        {
            WriteCodeGradient(i, noise);
        }

        Encoder.Backward(_encoded, learn: true, toInputs: false);
        return loss;
    }

    /// <summary>Leaves in the discriminator the gradient of the mean of −ln(1 − D(μ)) of the candidates plus that of −ln D(μ) of the labelled items.</summary>
    /// <returns>The means.</returns>
    public (double Candidates, double Labelled) DifferentiateDiscriminator()
    {
        Encoder.Forward(_encoded);
        WriteMeans(_encoded, _judged.Inputs);
        Discriminator.Forward(_judged);
        (double Candidates, double Labelled) loss = default;
        for (int i = 0; i < _judged.Count; i++)
        {
            double logit = _judged.Outputs[i];
            bool labelled = i >= _candidates;
            double own = Share(i) * Softplus(labelled ? -logit : logit);
            loss = labelled ? (loss.Candidates, loss.Labelled + own) : (loss.Candidates + own, loss.Labelled);
            _judged.OutputGradient[i] = Share(i) * (Sigmoid(logit) - (labelled ? 1 : 0));
        }

        Discriminator.Backward(_judged, learn: true, toInputs: false);
        return loss;
    }

    /// <summary>ln(D(μ)/(1 − D(μ))) of consecutive candidates; safe from several threads.</summary>
    public void WriteLogits(TwoSides sides, int start, Span<double> logits)
    {
        NetworkPass encoded = new(Encoder, logits.Length), judged = new(Discriminator, logits.Length);
        sides.WriteCandidates(start, logits.Length, encoded.Inputs);
        Encoder.Forward(encoded);
        WriteMeans(encoded, judged.Inputs);
        Discriminator.Forward(judged);
        judged.Outputs.CopyTo(logits);
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>What a row counts for in the mean of its side.</summary>
    private double Share(int row) => 1.0 / (row < _candidates ? _candidates : _encoded.Count - _candidates);

    /// <summary>The means that stand in front of each row of a code.</summary>
    private void WriteMeans(NetworkPass encoded, Span<double> means)
    {
        int latent = _options.LatentCount;
        for (int i = 0; i < encoded.Count; i++)
        {
            encoded.Outputs.Slice(i * 2 * latent, latent).CopyTo(means[(i * latent)..]);
        }
    }

    /// <summary>σ, from the log variances behind the means, which are brought into bounds.</summary>
    private void WriteDeviations(Span<double> deviations)
    {
        int latent = _options.LatentCount;
        for (int i = 0; i < _encoded.Count; i++)
        {
            Span<double> logVariances = _encoded.Outputs.Slice((2 * i * latent) + latent, latent);
            TensorPrimitives.Clamp(logVariances, -LargestLogVariance, LargestLogVariance, logVariances);
            TensorPrimitives.Divide(logVariances, 2, deviations.Slice(i * latent, latent));
        }

        TensorPrimitives.Exp(deviations, deviations);
    }

    /// <summary>The loss of a row; its gradients by reconstruction and logit are left where they come down from.</summary>
    private double LossOf(int row, double share)
    {
        int width = Encoder.Inputs, latent = _options.LatentCount;
        Span<double> difference = _decoded.OutputGradient.Slice(row * width, width);
        TensorPrimitives.Subtract(_decoded.Outputs.Slice(row * width, width), _encoded.Inputs.Slice(row * width, width), difference);
        double logit = _judged.Outputs[row], loss = (TensorPrimitives.SumOfSquares<double>(difference) / 2) + (_options.AdversarialWeight * Softplus(-logit));
        TensorPrimitives.Multiply(difference, share, difference);
        _judged.OutputGradient[row] = share * _options.AdversarialWeight * (Sigmoid(logit) - 1);
        ReadOnlySpan<double> code = _encoded.Outputs.Slice(2 * row * latent, 2 * latent);
        return loss + (_options.Beta / 2 * (TensorPrimitives.SumOfSquares(code[..latent])
            + TensorPrimitives.SumOfSquares<double>(_deviations.AsSpan(row * latent, latent)) - latent - TensorPrimitives.Sum(code[latent..])));
    }

    /// <summary>The gradient by means and log variances of a row, from reconstruction, discriminator and divergence.</summary>
    private void WriteCodeGradient(int row, ReadOnlySpan<double> noise)
    {
        int latent = _options.LatentCount;
        double weight = Share(row) * _options.Beta;
        Span<double> gradient = _encoded.OutputGradient.Slice(2 * row * latent, 2 * latent);
        ReadOnlySpan<double> means = _judged.Inputs.Slice(row * latent, latent), byMean = _judged.InputGradient.Slice(row * latent, latent);
        ReadOnlySpan<double> byLatent = _decoded.InputGradient.Slice(row * latent, latent), own = noise.Slice(row * latent, latent);
        for (int k = 0; k < latent; k++)
        {
            double deviation = _deviations[(row * latent) + k];
            gradient[k] = byLatent[k] + byMean[k] + (weight * means[k]);
            gradient[latent + k] = 0.5 * ((deviation * own[k] * byLatent[k]) + (weight * ((deviation * deviation) - 1)));
        }
    }
}
