using PyRelationAL.Reproduction;

return Command.Run(args);
