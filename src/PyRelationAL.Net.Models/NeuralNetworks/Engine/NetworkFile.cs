using System.Text;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Trained networks as bytes, little-endian: a mark, a version, kind and layers as text, scales, and each network's numbers without padding, so that the file
/// does not depend on the machine's vectors.
/// </summary>
internal static class NetworkFile
{
    private const string Mark = "PyRelationAL network";
    private const int Version = 1;

    public static void Write(Stream destination, object owner, NeuralNetworkOptions options, IReadOnlyList<TrainedNetwork> networks, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var writer = new BinaryWriter(destination, Encoding.UTF8, leaveOpen: true);
        TrainedNetwork first = networks[0];
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write(owner.GetType().Name);
        writer.Write(Shape(options));
        writer.Write(networks.Count);
        writer.Write(first.InputWidth);
        writer.Write(first.Network.OutputWidth);
        writer.Write(seed);
        writer.Write(first.TargetScale.Mean);
        writer.Write(first.TargetScale.Deviation);
        foreach (double value in (ReadOnlySpan<double>)[.. first.InputScale.Mean, .. first.InputScale.InverseDeviation])
        {
            writer.Write(value);
        }

        foreach (TrainedNetwork network in networks)
        {
            writer.Write(network.Epochs);
            network.Network.ForEachRun(network.Numbers, (run, _) =>
            {
                foreach (float value in run)
                {
                    writer.Write(value);
                }
            });
        }
    }

    public static (TrainedNetwork[] Networks, long Seed) Read(Stream source, object owner, NeuralNetworkOptions options, int networkCount)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var reader = new BinaryReader(source, Encoding.UTF8, leaveOpen: true);
        try
        {
            Require("mark", Mark, reader.ReadString());
            Require("version", Version, reader.ReadInt32());
            Require("model", owner.GetType().Name, reader.ReadString());
            Require("layers", Shape(options), reader.ReadString());
            Require("number of networks", networkCount, reader.ReadInt32());
            return ReadNetworks(reader, options, networkCount);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException)
        {
            throw new InvalidDataException("The saved network is cut off or damaged.", e);
        }
    }

    private static (TrainedNetwork[] Networks, long Seed) ReadNetworks(BinaryReader reader, NeuralNetworkOptions options, int count)
    {
        int inputWidth = reader.ReadInt32(), outputWidth = reader.ReadInt32();
        long seed = reader.ReadInt64();
        Stream stream = reader.BaseStream;
        // Before memory is set aside for widths that only damage can explain.
        if (inputWidth < 1 || outputWidth < 1 || (stream.CanSeek && (16L * inputWidth) + (4L * outputWidth) > stream.Length - stream.Position))
        {
            throw new InvalidDataException(
                Guard.Text($"The saved network has {inputWidth} inputs and {outputWidth} outputs, which its length does not allow."));
        }

        Network network = NetworkBuilder.Build(options, inputWidth, outputWidth);
        var targets = new TargetScale(ReadFinite(reader), ReadFinite(reader));
        double[] mean = new double[inputWidth], inverse = new double[inputWidth];
        foreach (double[] part in new[] { mean, inverse })
        {
            for (int j = 0; j < inputWidth; j++)
            {
                part[j] = ReadFinite(reader);
            }
        }

        var inputs = new InputScale(mean, inverse);
        var networks = new TrainedNetwork[count];
        for (int m = 0; m < count; m++)
        {
            int epochs = reader.ReadInt32();
            var numbers = new float[network.NumberCount];
            network.ForEachRun(numbers, (run, _) =>
            {
                for (int i = 0; i < run.Length; i++)
                {
                    run[i] = (float)ReadFinite(reader.ReadSingle());
                }
            });
            networks[m] = new TrainedNetwork(network, inputs, targets, numbers, epochs);
        }

        return (networks, seed);
    }

    private static double ReadFinite(BinaryReader reader) => ReadFinite(reader.ReadDouble());

    private static double ReadFinite(double value) =>
        double.IsFinite(value) ? value : throw new InvalidDataException(Guard.Text($"The saved network contains {value}."));

    private static string Shape(NeuralNetworkOptions options) =>
        Guard.Text($"{string.Join('-', options.HiddenWidths)} {options.Activation}, normalisation {options.Normalisation}, dropout {options.Dropout}");

    private static void Require<T>(string what, T expected, T actual)
        where T : IEquatable<T>
    {
        if (!actual.Equals(expected))
        {
            throw new InvalidDataException(Guard.Text($"The saved network's {what} is '{actual}'; '{expected}' is expected here."));
        }
    }
}
