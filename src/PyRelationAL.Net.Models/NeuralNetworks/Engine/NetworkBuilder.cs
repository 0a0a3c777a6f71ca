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
            layers.Add(new DenseLayer(width, units));
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

        layers.Add(new DenseLayer(width, outputWidth));
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
