using PyRelationAL.Numerics;
using TorchSharp;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// ResNet-18 for small images, such as CIFAR's 32×32 pixels: its first convolution is 3×3 with stride 1 and nothing is pooled before the blocks, as the authors
/// do it for CIFAR; widths 64, 128, 256 and 512, two blocks each (He, Zhang, Ren and Sun, "Deep residual learning for image recognition", CVPR 2016).
/// 11.2 million parameters. Its embedding is the average over the image, [B×512].
/// </summary>
public sealed class ResNet18 : Module
{
    private readonly Module _trunk;
    private readonly Module _classifier;

    /// <summary>Creates a network with new weights: He's initialisation for convolutions.</summary>
    /// <param name="classCount">The number of outputs, at least 1.</param>
    /// <param name="channels">The number of colour channels, at least 1.</param>
    public ResNet18(int classCount, int channels = 3)
        : base(nameof(ResNet18))
    {
        Guard.Positive(classCount);
        Guard.Positive(channels);
        _trunk = Sequential(
            ("stem", ResidualBlock.Convolution(channels, 64, stride: 1)),
            ("stem_norm", BatchNorm2d(64)),
            ("stem_relu", ReLU()),
            ("block1", new ResidualBlock(64, 64, 1)),
            ("block2", new ResidualBlock(64, 64, 1)),
            ("block3", new ResidualBlock(64, 128, 2)),
            ("block4", new ResidualBlock(128, 128, 1)),
            ("block5", new ResidualBlock(128, 256, 2)),
            ("block6", new ResidualBlock(256, 256, 1)),
            ("block7", new ResidualBlock(256, 512, 2)),
            ("block8", new ResidualBlock(512, 512, 1)),
            ("pool", AdaptiveAvgPool2d(1)),
            ("flatten", Flatten()));
        _classifier = Linear(512, classCount);
        RegisterComponents();
    }

    /// <summary>A factory, for <see cref="TorchOptions.Module"/>; <see cref="TorchOptions.InputShape"/> is then [channels, 32, 32].</summary>
    /// <param name="classCount">The number of outputs, at least 1.</param>
    /// <param name="channels">The number of colour channels, at least 1.</param>
    /// <returns>A function that makes a network with new weights at each call.</returns>
    public static Func<Module> Factory(int classCount, int channels = 3) => () => new ResNet18(classCount, channels);

    /// <summary>Logits of images.</summary>
    /// <param name="input">[B, channels, height, width].</param>
    /// <returns>[B×C].</returns>
    public override Tensor forward(Tensor input)
    {
        using Tensor embedding = _trunk.call(input);
        return _classifier.call(embedding);
    }
}
