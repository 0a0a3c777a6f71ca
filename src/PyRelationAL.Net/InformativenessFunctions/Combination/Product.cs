namespace PyRelationAL.InformativenessFunctions;

/// <summary>A product of two scores: s = s₁ · s₂. Made by <c>a * b</c>. Meant for scores of at least 0.</summary>
/// <param name="first">One score.</param>
/// <param name="second">The other.</param>
public sealed class Product(IInformativenessFunction first, IInformativenessFunction second) : IInformativenessFunction
{
    /// <inheritdoc/>
    public Requirements Requirements { get; } = first.Requirements.And(second.Requirements);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        double[] a = context.Score(first);
        double[] b = context.Score(second);
        var product = new double[a.Length];
        System.Numerics.Tensors.TensorPrimitives.Multiply(a, b, product);
        return product;
    }
}
