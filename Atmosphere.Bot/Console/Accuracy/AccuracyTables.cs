using System.Globalization;
using Atmosphere.Recognition.Storage;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>What was measured, as tables.</summary>
internal static class AccuracyTables
{
    public static Table Of(PairsAccuracy pairs) => Two("pairs", "")
        .With("pairs", $"{pairs.Pairs}")
        .With("of them without a face", $"{pairs.WithoutFace}")
        .With("accuracy at the best distance", $"{Percent(pairs.Accuracy)} at {Number(pairs.Distance)}")
        .With("true accepts at 1 % false accepts", $"{Percent(pairs.AtOnePercent.TrueAccepts)} at {Number(pairs.AtOnePercent.Distance)}")
        .With("true accepts at 0.1 % false accepts", $"{Percent(pairs.AtOnePerMille.TrueAccepts)} at {Number(pairs.AtOnePerMille.Distance)}");

    public static Table Of(Naming names) => Two("names", "")
        .With("faces of enrolled persons", $"{names.Enrolled}")
        .With("named right", Share(names.Right, names.Enrolled))
        .With("named wrong", Share(names.Wrong, names.Enrolled))
        .With("uncertain", Share(names.Uncertain, names.Enrolled))
        .With("missed", Share(names.Missed, names.Enrolled))
        .With("faces of others", $"{names.Unknown}")
        .With("others named", Share(names.UnknownNamed, names.Unknown))
        .With("others uncertain", Share(names.UnknownUncertain, names.Unknown));

    public static Table Of(ClassAccuracy names) =>
        new Table().Border(TableBorder.Simple).AddColumns($"{names.Classes} classes of {names.Size}, one photo each, from {names.Persons} persons", "", "95 %")
            .With("strangers named", Share(names.StrangersNamed), Interval(names.StrangersNamed))
            .With("strangers uncertain: asked", Share(names.StrangersUncertain), Interval(names.StrangersUncertain))
            .With("enrolled named right", Share(names.Right), Interval(names.Right))
            .With("enrolled uncertain: asked", Share(names.Uncertain), Interval(names.Uncertain))
            .With("enrolled named wrong", Share(names.Wrong), Interval(names.Wrong));

    public static Table Of(IReadOnlyList<RulePoint<ClassAccuracy>> curve) => Curve(
        curve, ["strangers named", "95 %", "strangers asked", "right", "asked", "wrong"],
        names =>
        [
            Fine(names.StrangersNamed.Share), Interval(names.StrangersNamed), Percent(names.StrangersUncertain.Share), Percent(names.Right.Share),
            Percent(names.Uncertain.Share), Fine(names.Wrong.Share),
        ]);

    public static Table Of(IReadOnlyList<RulePoint<Naming>> curve) => Curve(
        curve, ["strangers named", "strangers asked", "right", "asked", "wrong"],
        names => [$"{names.UnknownNamed} of {names.Unknown}", $"{names.UnknownUncertain}", $"{names.Right} of {names.Enrolled}", $"{names.Uncertain}", $"{names.Wrong}"]);

    /// <param name="together">All faces clustered at once.</param>
    /// <param name="oneByOne">Each face found its place when its photo came.</param>
    public static Table Of(ClusterAccuracy together, ClusterAccuracy oneByOne) =>
        new Table().Border(TableBorder.Simple).AddColumns("clusters of probes and unknown", "all at once", "one by one")
            .With("faces, persons, clusters", Sizes(together), Sizes(oneByOne))
            .With("pairwise precision", Percent(together.Precision), Percent(oneByOne.Precision))
            .With("pairwise recall", Percent(together.Recall), Percent(oneByOne.Recall));

    public static Table Of(EnrolmentYield people, GroupAccuracy group)
    {
        var table = Two("group photos", "")
            .With("photos to learn from with a face", Share(people.WithFace, people.Photos))
            .With($"faces found (IoU {Number(GroupAccuracy.Overlap)})", Share(group.Found, group.Faces))
            .With("false boxes", $"{group.FalseBoxes}");
        foreach (var size in group.BySize)
            _ = table.With($"found, {size.Height} pixels high", Share(size.Found, size.Faces));
        return table;
    }

    public static Table Of(IReadOnlyList<TurnedAccuracy> angles)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("turned by", "faces found", "false boxes", "photos put upright", "right", "asked", "wrong", "strangers named");
        foreach (var angle in angles)
        {
            var names = angle.Names;
            _ = table.With(
                $"{angle.Degrees}", $"{angle.Found} of {angle.Faces}", $"{angle.FalseBoxes}", $"{angle.Upright} of {angle.Photos}",
                $"{names.Right} of {names.Enrolled}", $"{names.Uncertain}", $"{names.Wrong}", $"{names.UnknownNamed} of {names.Unknown}");
        }

        return table;
    }

    public static Table Of(GateAccuracy gate)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            $"learning gate: {gate.OwnFaces} own faces, {gate.Attempts} attempts", "added: asked needlessly", "added: others pass", "registered: asked needlessly", "registered: others pass");
        foreach (var (added, registered) in gate.Additions.Zip(gate.Registrations))
            _ = table.With($"within {Number(added.Within)}", Percent(added.Genuine), Fine(added.Foreign), Percent(registered.Genuine), Fine(registered.Foreign));
        return table;
    }

    /// <summary>One row per bound; the model's own bounds are marked.</summary>
    private static Table Curve<T>(IReadOnlyList<RulePoint<T>> curve, string[] columns, Func<T, string[]> cells)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(["rule", "named below", .. columns]);
        foreach (var point in curve)
            _ = table.With([GroupKinds.Stored(point.Kind), $"{Number(point.NamedBelow)}{(point.IsDefault ? " *" : "")}", .. cells(point.Measured)]);
        return table;
    }

    private static Table Two(string first, string second) => new Table().Border(TableBorder.Simple).AddColumns(first, second);

    private static Table With(this Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static string Sizes(ClusterAccuracy clusters) => $"{clusters.Faces}, {clusters.Persons}, {clusters.Clusters}";

    private static string Share(int part, int whole) => $"{part} of {whole} ({Percent(whole == 0 ? 0 : part / (double)whole)})";

    private static string Share(Rate rate) => $"{rate.Part} of {rate.Whole} ({Fine(rate.Share)})";

    private static string Interval(Rate rate) => $"{Fine(rate.Low)} to {Fine(rate.High)}";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    private static string Fine(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.000} %");

    private static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0##}");
}
