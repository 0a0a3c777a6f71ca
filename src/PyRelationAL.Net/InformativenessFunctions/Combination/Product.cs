using PyRelationAL.Models;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>A product of two scores: s = s₁ · s₂. Made by <c>a * b</c>. Meant for scores of at least 0.</summary>
public sealed class Product : IInformativenessFunction, ITrainingParticipant
{
    private readonly IInformativenessFunction _first;
    private readonly IInformativenessFunction _second;

    /// <summary>Creates the product.</summary>
    /// <param name="first">One score.</param>
    /// <param name="second">The other.</param>
    public Product(IInformativenessFunction first, IInformativenessFunction second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        _first = first;
        _second = second;
        Requirements = first.Requirements.And(second.Requirements);
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => ScoreParts.HookOf(task, _first, _second);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        double[] a = context.Score(_first);
        double[] b = context.Score(_second);
        var product = new double[a.Length];
        System.Numerics.Tensors.TensorPrimitives.Multiply(a, b, product);
        return product;
    }
}
