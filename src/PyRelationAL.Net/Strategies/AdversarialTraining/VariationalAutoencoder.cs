using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>The encoder, the decoder and the discriminator of <see cref="VAALStrategy"/>.</summary>
internal sealed class VariationalAutoencoder
{
    // exp of more is of no use, and of much more infinite.
    private const double LargestLogVariance = 20;

    private readonly VAALOptions _options;
    private readonly int _width;

    public VariationalAutoencoder(int width, VAALOptions options, RandomStream random)
    {
        _width = width;
        _options = options;
        int latent = options.LatentCount, hidden = options.HiddenWidth;
        Encoder = new MultilayerPerceptron(random.Child("encoder"), width, hidden, 2 * latent);
        Decoder = new MultilayerPerceptron(random.Child("decoder"), latent, hidden, width);
        Discriminator = new MultilayerPerceptron(random.Child("discriminator"), latent, hidden, hidden, 1);
    }

    public MultilayerPerceptron Encoder { get; }

    public MultilayerPerceptron Decoder { get; }

    public MultilayerPerceptron Discriminator { get; }

    /// <summary>
    /// Sums up, for encoder and decoder, the gradient of the mean of ½‖x − x̂‖² + β KL(N(μ, σ²) ‖ N(0, 1)) − λ₂ ln D(μ) over some rows.
    /// </summary>
    /// <param name="rows">x.</param>
    /// <param name="count">How many.</param>
    /// <param name="noise">ε of z = μ + σ ε, one for each latent variable of each row.</param>
    /// <returns>The mean.</returns>
    public double Accumulate(double[] rows, int count, double[] noise)
    {
        int latent = _options.LatentCount;
        double[][] encoded = Encoder.Forward(rows, count);
        double[] code = encoded[^1], z = new double[count * latent];
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = code[At(i)] + (Math.Exp(LogVariance(code, i) / 2) * noise[i]);
        }

        double[][] decoded = Decoder.Forward(z, count);
        double[] difference = new double[count * _width];
        TensorPrimitives.Subtract(decoded[^1], rows, difference);
        double loss = TensorPrimitives.SumOfSquares<double>(difference) / 2;
        TensorPrimitives.Divide(difference, count, difference);
        double[] byLatent = Decoder.Backward(decoded, difference, accumulate: true);

        double[][] judged = Discriminator.Forward(Means(code, count), count);
        double[] deceit = new double[count];
        for (int i = 0; i < count; i++)
        {
            loss += _options.AdversarialWeight * Softplus(-judged[^1][i]);
            deceit[i] = _options.AdversarialWeight * (Sigmoid(judged[^1][i]) - 1) / count;
        }

        double[] byMean = Discriminator.Backward(judged, deceit, accumulate: false), byCode = new double[code.Length];
        for (int i = 0; i < z.Length; i++)
        {
            double mean = code[At(i)], logVariance = LogVariance(code, i), variance = Math.Exp(logVariance);
            loss += _options.Beta * 0.5 * ((mean * mean) + variance - 1 - logVariance);
            byCode[At(i)] = byLatent[i] + byMean[i] + (_options.Beta * mean / count);
            byCode[At(i) + latent] = (0.5 * Math.Sqrt(variance) * noise[i] * byLatent[i]) + (_options.Beta * 0.5 * (variance - 1) / count);
        }

        Encoder.Backward(encoded, byCode, accumulate: true);
        return loss / count;
    }

    /// <summary>Sums up, for the discriminator, the gradient of the mean of −ln D(μ) of labelled rows, or −ln(1 − D(μ)) of others.</summary>
    /// <returns>The mean.</returns>
    public double AccumulateDiscriminator(double[] rows, int count, bool labelled)
    {
        double[][] judged = Discriminator.Forward(Means(Encoder.Forward(rows, count)[^1], count), count);
        var gradient = new double[count];
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            double logit = judged[^1][i];
            loss += Softplus(labelled ? -logit : logit);
            gradient[i] = (Sigmoid(logit) - (labelled ? 1 : 0)) / count;
        }

        Discriminator.Backward(judged, gradient, accumulate: true);
        return loss / count;
    }

    /// <summary>ln(D(μ)/(1 − D(μ))) of each row.</summary>
    public double[] Logits(double[] rows, int count) => Discriminator.Forward(Means(Encoder.Forward(rows, count)[^1], count), count)[^1];

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private double[] Means(double[] code, int count)
    {
        int latent = _options.LatentCount;
        var means = new double[count * latent];
        for (int i = 0; i < count; i++)
        {
            code.AsSpan(i * 2 * latent, latent).CopyTo(means.AsSpan(i * latent));
        }

        return means;
    }

    /// <summary>Where the mean of a latent variable stands in a row of means and log variances.</summary>
    private int At(int i) => (i / _options.LatentCount * 2 * _options.LatentCount) + (i % _options.LatentCount);

    private double LogVariance(double[] code, int i) =>
        Math.Clamp(code[At(i) + _options.LatentCount], -LargestLogVariance, LargestLogVariance);
}
