namespace PyRelationAL.Models;

/// <summary>A label that a strategy supposes for one training.</summary>
/// <param name="Index">The item's dataset index.</param>
/// <param name="Label">The label.</param>
public readonly record struct PseudoLabel(int Index, Label Label);
