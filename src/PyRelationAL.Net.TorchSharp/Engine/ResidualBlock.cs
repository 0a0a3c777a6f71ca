using TorchSharp;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>Two 3×3 convolutions beside a shortcut, which is a 1×1 convolution where the shape changes.</summary>
internal sealed class ResidualBlock : Module
{
    private readonly Module _path;
    private readonly Module _shortcut;

    public ResidualBlock(int inputs, int outputs, int stride)
        : base(nameof(ResidualBlock))
    {
        _path = Sequential(
            Convolution(inputs, outputs, stride), BatchNorm2d(outputs), ReLU(), Convolution(outputs, outputs, stride: 1), BatchNorm2d(outputs));
        _shortcut = inputs == outputs && stride == 1
            ? Identity()
            : Sequential(Initialised(Conv2d(inputs, outputs, 1, stride: stride, bias: false)), BatchNorm2d(outputs));
        RegisterComponents();
    }

    public static Module Convolution(int inputs, int outputs, int stride) =>
        Initialised(Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false));

    public override Tensor forward(Tensor input)
    {
        using Tensor path = _path.call(input);
        using Tensor shortcut = _shortcut.call(input);
        using Tensor sum = path + shortcut;
        return functional.relu(sum);
    }

    private static Module Initialised(TorchSharp.Modules.Conv2d convolution)
    {
        init.kaiming_normal_(convolution.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        return convolution;
    }
}
