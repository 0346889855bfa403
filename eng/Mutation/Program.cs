using Ptycho.Mutation;

// Runs the mutants of a library one after the other, all of them in one assembly that Stryker made, in few processes:
//   Mutation.dll REPORT LIBRARY TESTS FILES [REGEX [SLOW]]    scores the mutants of the files (see eng/mutate.sh)
//   Mutation.dll --worker LIBRARY TESTS REGEX [ID]     started by the former, which writes ids to it
// It lies beside the tests' assembly and is started with that one's dependencies.
if (args is ["--worker", var library, var tests, var regex, ..])
{
    var worker = new Worker(library, tests, regex);
    worker.Serve(warm: args.Length == 4);
    return 0;
}
if (args.Length is < 4 or > 6)
{
    Console.Error.WriteLine("usage: Mutation.dll REPORT LIBRARY TESTS FILES [REGEX [SLOW]]");
    return 2;
}
var mutants = MutantReport.Read(args[0], args[1], args[3]);

// Tests mirror the sources: those of a folder stand in the namespace of its name.
var filter = args.Length > 4 ? args[4] : $@"\.Tests\.{args[3].Split('/')[0]}\.";
var start = new WorkerStart(args[1], args[2], filter);
var campaign = new Campaign(start, args.Length > 5 ? start with { Regex = args[5] } : start);
campaign.Run(mutants);
Table.Write(Console.Out, mutants);
return 0;
