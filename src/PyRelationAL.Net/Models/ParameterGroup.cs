namespace PyRelationAL.Models;

/// <summary>A part of a model's parameter vector that belongs together: one layer's weights, one layer's biases.</summary>
/// <param name="Name">What it is called in messages, such as <c>dense 1 weights</c>.</param>
/// <param name="Start">Its first position in the vector.</param>
/// <param name="Length">How many parameters.</param>
/// <param name="IsWeight">Whether these multiply activations (a matrix, a convolution), unlike biases and the gains of normalisations.</param>
public readonly record struct ParameterGroup(string Name, int Start, int Length, bool IsWeight);
