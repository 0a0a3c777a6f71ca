namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>An auxiliary head with its learned numbers, which are not to be changed.</summary>
internal sealed record TrainedAuxiliary(AuxiliaryNetwork Network, float[] Numbers);
