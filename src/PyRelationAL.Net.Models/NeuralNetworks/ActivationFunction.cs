namespace PyRelationAL.Models;

/// <summary>What the hidden units of a network apply to their input.</summary>
public enum ActivationFunction
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x above 0, eˣ − 1 below (Clevert, Unterthiner and Hochreiter, ICLR 2016).</summary>
    Elu,

    /// <summary>x Φ(x), computed as ½x(1 + tanh(√(2/π)(x + 0.044715x³))) (Hendrycks and Gimpel, 2016).</summary>
    Gelu,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1/(1 + e⁻ˣ).</summary>
    Sigmoid,
}
