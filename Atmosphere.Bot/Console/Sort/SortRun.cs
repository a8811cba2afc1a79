using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Console.Sort;

/// <summary>Sorts a folder of photos by the persons in them, or continues where an earlier run stopped.</summary>
internal sealed class SortRun(
    SortSettings settings, PhotoRecogniser recogniser, PhotoReading reading, Enrolment enrolment, SortState state,
    Terminal terminal, TimeProvider clock)
{
    private static readonly CollectionId _collection = new("sort");

    private readonly OutFolder _out = new(settings.Out, settings.Link);
    private readonly string _how = settings.Link ? "link" : "copy";

    /// <param name="people">The persons to find.</param>
    /// <param name="folder">The photos to sort.</param>
    /// <param name="fingerprint">Fingerprint of the people and of all settings that affect the result.</param>
    public async Task<SortSummary> RunAsync(People people, PhotoFolder folder, string fingerprint, CancellationToken cancellation)
    {
        if (!await state.OpenAsync(fingerprint))
        {
            await enrolment.RunAsync(people, _collection, settings.Workers, cancellation);
            await state.PeopleAreLearnedAsync();
        }

        _out.RemoveUnfinished();
        var photos = folder.Photos;
        var (known, unknown) = (photos.Where(photo => state.ResultOf(photo) is not null).ToList(), photos.Where(photo => state.ResultOf(photo) is null).ToList());
        if (known.Count > 0)
            terminal.Line($"{known.Count:N0} photos were sorted by an earlier run.");
        foreach (var photo in known)
            await SettleAsync(photo);

        var results = known.ToDictionary(photo => photo.Name, photo => state.ResultOf(photo)!);
        var began = clock.GetTimestamp();
        await terminal.ProgressAsync("Recognising photos", unknown.Count, progress => RecogniseAsync(unknown, results, progress, cancellation));
        foreach (var odd in folder.Odd)
        {
            terminal.Line($"  {odd.Problem}", Terminal.Bad);
            results[odd.Name] = SortedPhoto.Refused(odd.Name, odd.Problem);
        }

        var ordered = results.OrderBy(result => result.Key, StringComparer.Ordinal).Select(result => result.Value).ToList();
        if (settings.Json is { } json)
            SortJson.Write(json, ordered);
        return SortSummary.Of(ordered, folder.Thumbnails, unknown.Count, clock.GetElapsedTime(began));
    }

    private async Task RecogniseAsync(
        List<PhotoFile> photos, Dictionary<string, SortedPhoto> results, IProgress<int> progress, CancellationToken cancellation)
    {
        var done = 0;
        var recognition = new Recognition(recogniser, reading, _collection, settings);
        await foreach (var (photo, result) in recognition.RunAsync(photos, cancellation))
        {
            if (result.Failed)
                terminal.Line($"  {result.Error}", Terminal.Bad);
            await state.NoteAsync(photo, result, [.. result.Folders.Select(folder => PathIn(folder, photo))]);
            await SettleAsync(photo);
            results[photo.Name] = result;
            progress.Report(++done);
        }
    }

    /// <summary>The path of the photo's existing copy in the folder, or a path for a new one.</summary>
    private string PathIn(string folder, PhotoFile photo) =>
        state.CopiesOf(photo).Select(copy => copy.Path).FirstOrDefault(path => Path.GetDirectoryName(path) == folder)
        ?? _out.Choose(folder, photo, path => state.IsOfAnother(photo, path));

    /// <summary>Creates and removes files to match the notes.</summary>
    private async Task SettleAsync(PhotoFile photo)
    {
        var settled = new List<SortedCopy>();
        foreach (var copy in state.CopiesOf(photo).Where(copy => !copy.Wanted || copy.Done != _how || !_out.Has(copy.Path)).ToList())
        {
            if (copy.Wanted)
                _out.Put(copy.Path, photo);
            else
                _out.Remove(copy.Path);
            settled.Add(copy with { Done = _how });
        }

        if (settled.Count > 0)
            await state.DoneAsync(settled);
    }
}
