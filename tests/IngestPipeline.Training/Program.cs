using System.Globalization;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Tests;
using IngestPipeline.Training;

// Trains the block model and checks it on sites that it has not seen.
//   check --data DIR [--folds N]     trains on all folds but one, scores the last; folds are of sites
//   halves --data DIR [--models DIR] trains on one half of the sites, scores the other, both ways; keeps both models, with which the scoreboard scores
//                                    sites not seen
//   again --data DIR --out DIR       scores the pages that check or halves held out once more, by the scores left in DIR: for rules and the choice
//   speed --data DIR                 processor time of extraction against a bare parse
//   plain --data DIR                 scores what the shipped model makes of plain copies of the pages
// With --plain pages are taken as plain copies, and models are those of plain text.
//   train --data DIR --out DIR       trains on everything and writes the model's files
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = new Options(args);
if (options.Command == "speed")
{
    Speed.Print(Corpus.Load(options.Data, Corpus.Sets));
    return;
}

var samples = Sample.LoadAll(Corpus.Load(options.Data, Corpus.Sets), options.IsPlain);
var unlabelled = Sample.LoadAll(Corpus.Load(options.Data, Corpus.Unlabelled), options.IsPlain);
Console.WriteLine(
    $"{samples.Length} pages, {samples.Sum(s => s.Layout.Blocks.Count)} blocks, {BlockFeatures.Names.Count} features, {samples.Sum(s => s.Labels.Weight.Count(w => w > 0))} labelled");
Report.Ceiling(samples);
var trainer = new Trainer(options.FirstTrees, options.SecondTrees);
switch (options.Command)
{
    case "train":
        trainer.Train([.. samples, .. unlabelled]).Write(options.Out, options.IsPlain);
        break;
    case "plain":
        Report.Plain(samples);
        break;
    case "again":
        Report.ReadScores(samples, options.Out);
        Report.Print(samples, options.Out);
        break;
    default:
        var folds = options.Command == "halves" ? SiteFolds.Halves : options.Folds;
        var models = new List<(Sample[] Held, TrainedModel Trained)>();
        for (var fold = 0; fold < folds; fold++)
        {
            var held = samples.Where(s => s.Page.Fold(folds) == fold).ToArray();
            var trained = trainer.Train([.. samples.Concat(unlabelled).Where(s => s.Page.Fold(folds) != fold)]);
            models.Add((held, trained));
            if (options is { Command: "halves", Models: { } folder })
                trained.Write(SiteFolds.Folder(folder, fold), options.IsPlain);
            Console.WriteLine($"fold {fold} trained, {held.Length} pages held out");
        }

        // Only now: a training scores the pages that it labels itself, among them those that another fold held out.
        foreach (var (held, trained) in models)
            trained.Apply(held);
        Report.Print(samples, options.Out);
        RuleReport.Write(samples, Path.Combine(options.Out, "rules.txt"));
        break;
}
