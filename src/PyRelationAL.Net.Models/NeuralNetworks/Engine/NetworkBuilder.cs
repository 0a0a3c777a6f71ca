namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Builds the layers that options describe: linear map, normalisation, activation and dropout for each hidden width, and a linear map at the end.
/// </summary>
internal static class NetworkBuilder
{
    public static Network Build(NeuralNetworkOptions options, int inputWidth, int outputWidth)
    {
        var layers = new List<Layer>();
        int width = inputWidth;
        for (int i = 0; i < options.HiddenWidths.Count; i++)
        {
            int units = options.HiddenWidths[i];
            bool saturates = options.Activation is ActivationFunction.Tanh or ActivationFunction.Sigmoid;
            layers.Add(new DenseLayer(width, units, saturates ? DenseLayer.XavierVariance(width, units) : DenseLayer.HeVariance(width)));
            if (options.Normalisation != NetworkNormalisation.None)
            {
                layers.Add(options.Normalisation == NetworkNormalisation.Layer ? new LayerNormalisationLayer(units) : new BatchNormalisationLayer(units));
            }

            layers.Add(Activation(options.Activation, units));
            if (options.Dropout > 0)
            {
                layers.Add(new DropoutLayer(units, options.Dropout, i));
            }

            width = units;
        }

        layers.Add(new DenseLayer(width, outputWidth, DenseLayer.XavierVariance(width, outputWidth)));
        return new Network(layers);
    }

    public static Layer Activation(ActivationFunction function, int width) => function switch
    {
        ActivationFunction.Elu => new ActivationLayer<Elu>(width),
        ActivationFunction.Gelu => new ActivationLayer<Gelu>(width),
        ActivationFunction.Tanh => new ActivationLayer<HyperbolicTangent>(width),
        ActivationFunction.Sigmoid => new ActivationLayer<Sigmoid>(width),
        _ => new ActivationLayer<Relu>(width),
    };
}
