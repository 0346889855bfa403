using Ptycho.Benchmarks;

return Commands.Run(args) ? 0 : Benchmarks.Run(args);
