using System.CommandLine;
using Ptycho.Diffusion.Networks;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.TrainPrior;

var objects = NewOption.Of<DirectoryInfo?>(
    "--objects",
    "Folder with red, green, blue and aberration.npz (samples/FourierPtychography makes them).",
    null
);
var images = NewOption.Of<DirectoryInfo?>(
    "--images",
    "In place of --objects, a folder whose folders training and validation hold your own complex images.",
    null
);
var output = NewOption.Of(
    "--out",
    "Folder of checkpoints, log.jsonl and prior.safetensors; a run there is resumed.",
    "artifacts/prior"
);
var startFrom = NewOption.Of<FileInfo?>(
    "--start-from",
    "A prior whose weights a new run starts from, of the same network; by default they are random.",
    null
);
var steps = NewOption.Of("--steps", "Steps of the whole run.", 30_000L);
var channels = NewOption.Of("--channels", "Channels of the network at its finest resolution.", 64);
var batch = NewOption.Of("--batch", "Crops in a batch.", 8);
var crop = NewOption.Of("--crop", "Pixels on a crop's side at first.", 64);
var largeCrop = NewOption.Of("--large-crop", "Pixels on a crop's side from --large-from on.", 128);
var largeBatch = NewOption.Of("--large-batch", "Crops in a batch from --large-from on.", 8);
var largeFrom = NewOption.Of("--large-from", "The step from which crops are large.", 20_000L);
var rate = NewOption.Of("--rate", "Learning rate.", 4e-4);
var warmup = NewOption.Of("--warmup", "Steps of linear warm-up.", 500L);
var decayFrom = NewOption.Of<long?>(
    "--decay-from",
    "Step at which the rate begins to fall along a cosine; none: it stays.",
    null
);
var decayTo = NewOption.Of<long?>(
    "--decay-to",
    "Step at which it has fallen to --final-rate; by default the last.",
    null
);
var finalRate = NewOption.Of("--final-rate", "Rate after the decay.", 1e-5);
var weightDecay = NewOption.Of("--weight-decay", "Decoupled weight decay.", 0.0);
var ema = NewOption.Of("--ema", "Decay of the averaged weights.", 0.9995);
var seed = NewOption.Of("--seed", "Seed of weights, crops and noise.", 0UL);
var precision = NewOption.Of("--precision", "Arithmetic of the convolutions.", ComputePrecision.Float32);
var validate = NewOption.Of("--validate-every", "Steps between validations.", 500);
var validationCrops = NewOption.Of("--validation-crops", "Crops of 128×128 that are validated on.", 64);
var checkpoint = NewOption.Of("--checkpoint-every", "Steps between checkpoints.", 500);
var report = NewOption.Of("--report-every", "Steps between progress lines.", 50);
var samplesEvery = NewOption.Of(
    "--samples-every",
    "Steps between pictures of samples, drawn at the checkpoint that follows; 0: none.",
    0L
);
var sampleCount = NewOption.Of("--sample-count", "Samples in a picture.", 8);
var sampleSteps = NewOption.Of("--sample-steps", "Steps of DPM-Solver++ for a picture.", 20);
var sampleSize = NewOption.Of("--sample-size", "Pixels on a sample's side in a picture.", 64);
var threads = NewOption.Of<int?>("--threads", "Threads of libtorch; its own choice by default.", null);
var aberrationWeight = NewOption.Of(
    "--aberration-weight",
    "How often the fourth object is used; 1 as often as each other.",
    1.0
);
var upright = NewOption.Of("--no-turns", "Neither turn nor mirror crops: samples with a preferred orientation.", false);
var learnVariance = NewOption.Of(
    "--learn-variance",
    "Also learn the variance of sampling's steps, with the hybrid loss of Nichol and Dhariwal.",
    false
);
var all = NewOption.Of("--train-on-validation", "Train on the validation block too, for a final prior.", false);

foreach (
    var positive in (Option[])
        [
            channels,
            steps,
            batch,
            crop,
            largeCrop,
            largeBatch,
            validate,
            validationCrops,
            checkpoint,
            report,
            sampleCount,
            sampleSteps,
            sampleSize,
        ]
)
    OptionChecks.RequireBetween(positive, 1, int.MaxValue);
OptionChecks.RequireBetween(threads, 1, 1024);
foreach (var notNegative in (Option[])[largeFrom, warmup, decayFrom, decayTo, samplesEvery])
    OptionChecks.RequireBetween(notNegative, 0, int.MaxValue);
foreach (var positive in (Option[])[rate, finalRate, aberrationWeight])
    OptionChecks.RequirePositive(positive);
OptionChecks.Exclude(objects, images);

var command = new RootCommand(
    "Trains a diffusion prior on crops of complex images: the recovered blood-smear objects, or your own. After Ctrl-C the "
        + "same command goes on."
)
{
    objects,
    images,
    output,
    startFrom,
    channels,
    steps,
    batch,
    crop,
    largeCrop,
    largeBatch,
    largeFrom,
    rate,
    warmup,
    decayFrom,
    decayTo,
    finalRate,
    weightDecay,
    ema,
    seed,
    precision,
    validate,
    validationCrops,
    checkpoint,
    report,
    samplesEvery,
    sampleCount,
    sampleSteps,
    sampleSize,
    threads,
    aberrationWeight,
    learnVariance,
    upright,
    all,
};
command.SetAction(
    (a, cancellationToken) =>
        Guarded.Run(() =>
            TrainingRun.Run(
                new Settings
                {
                    Objects = a.GetValue(objects)?.FullName,
                    Images = a.GetValue(images)?.FullName,
                    Output = Path.GetFullPath(a.GetRequiredValue(output)),
                    StartFrom = a.GetValue(startFrom)?.FullName,
                    Channels = a.GetValue(channels),
                    Steps = a.GetValue(steps),
                    Batch = a.GetValue(batch),
                    Crop = a.GetValue(crop),
                    LargeCrop = a.GetValue(largeCrop),
                    LargeBatch = a.GetValue(largeBatch),
                    LargeFrom = a.GetValue(largeFrom),
                    Rate = a.GetValue(rate),
                    Warmup = a.GetValue(warmup),
                    DecayFrom = a.GetValue(decayFrom),
                    DecayTo = a.GetValue(decayTo),
                    FinalRate = a.GetValue(finalRate),
                    WeightDecay = a.GetValue(weightDecay),
                    EmaDecay = a.GetValue(ema),
                    Seed = a.GetValue(seed),
                    Precision = a.GetValue(precision),
                    Validate = a.GetValue(validate),
                    ValidationCrops = a.GetValue(validationCrops),
                    Checkpoint = a.GetValue(checkpoint),
                    Report = a.GetValue(report),
                    SamplesEvery = a.GetValue(samplesEvery),
                    SampleCount = a.GetValue(sampleCount),
                    SampleSteps = a.GetValue(sampleSteps),
                    SampleSize = a.GetValue(sampleSize),
                    Threads = a.GetValue(threads),
                    AberrationWeight = a.GetValue(aberrationWeight),
                    LearnVariance = a.GetValue(learnVariance),
                    Upright = a.GetValue(upright),
                    TrainOnValidation = a.GetValue(all),
                },
                cancellationToken
            )
        )
);

// A signal ends the run after the current step; the checkpoint then takes a moment.
return await SampleProgram.Run(command, args, TimeSpan.FromMinutes(1));
