using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>Steps of <see cref="ContrastiveEncoder"/>: two augmented copies of each row of a batch under each shift, and the gradient of their loss.</summary>
internal sealed class ContrastiveStep
{
    private readonly SmallNetwork _network;
    private readonly ContrastiveLearning _learning;
    private readonly int _shifts;
    private readonly RandomStream _random;
    private readonly NetworkPass _pass;
    private readonly ContrastiveLoss _loss;
    private readonly double[] _drawn;
    private int _rows;

    /// <param name="network">The network to train.</param>
    /// <param name="learning">How.</param>
    /// <param name="shifts">The shifts of each row.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <param name="random">Augments copies.</param>
    public ContrastiveStep(SmallNetwork network, ContrastiveLearning learning, int shifts, int capacity, RandomStream random)
    {
        _network = network;
        _learning = learning;
        _shifts = shifts;
        _random = random;
        _pass = new NetworkPass(network, 2 * shifts * capacity);
        _loss = new ContrastiveLoss(2 * shifts * capacity, learning.OutputWidth, learning.Temperature);
        _drawn = new double[_pass.Inputs.Length];
    }

    /// <summary>All rows under each shift, and all of these once more.</summary>
    public int CopyCount => 2 * _shifts * _rows;

    /// <summary>Makes room for a batch.</summary>
    public void Begin(int rows)
    {
        _rows = rows;
        _pass.Count = CopyCount;
    }

    public int ShiftOf(int copy) => copy / _rows % _shifts;

    /// <summary>To be set: a row under its shift.</summary>
    public Span<double> Copy(int copy) => _pass.Inputs.Slice(copy * _network.Inputs, _network.Inputs);

    /// <summary>Augments the copies, and leaves the gradient in the network.</summary>
    /// <returns>NT-Xent, and the mean cross-entropy of the shifts where there are several.</returns>
    public double Differentiate()
    {
        Span<double> inputs = _pass.Inputs, drawn = _drawn.AsSpan(0, inputs.Length);
        _random.FillGaussian(drawn);
        TensorPrimitives.MultiplyAdd(drawn, _learning.Noise, inputs, inputs);
        _random.FillDouble(drawn);
        TensorPrimitives.Subtract(drawn, _learning.DropShare, drawn);
        NetworkPass.SwitchOff(inputs, drawn);
        _network.Forward(_pass);
        double loss = _loss.Compute(_pass.Outputs, _network.Outputs, _pass.OutputGradient);
        for (int i = 0; i < CopyCount && _shifts > 1; i++)
        {
            int at = (i * _network.Outputs) + _learning.OutputWidth;
            loss += SoftmaxLoss.Write(_pass.Outputs.Slice(at, _shifts), ShiftOf(i), 1, CopyCount, _pass.OutputGradient.Slice(at, _shifts));
        }

        _network.Backward(_pass, learn: true, toInputs: false);
        return loss;
    }
}
