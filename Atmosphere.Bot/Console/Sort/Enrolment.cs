using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Sort;

/// <summary>Learns the persons of a people folder.</summary>
internal sealed class Enrolment(IFaceEngine engine, IFaceCollections collections, PhotoReading reading, Terminal terminal)
{
    private const int MaxPhotos = 100;

    /// <summary>Rebuilds the collection, and reports the photos that could not be used.</summary>
    /// <exception cref="VerbException">No person could be learned.</exception>
    public async Task RunAsync(People people, CollectionId collection, int workers, CancellationToken cancellation)
    {
        var photos = people.Persons.SelectMany(person => person.Photos.Take(MaxPhotos).Select(photo => (person.Name, photo))).ToArray();
        var learned = new LearnedFace[photos.Length];
        await terminal.ProgressAsync("Learning persons", photos.Length, async progress =>
        {
            var done = 0;
            var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
            await Parallel.ForEachAsync(Enumerable.Range(0, photos.Length), options, async (i, stop) =>
            {
                learned[i] = await LearnAsync(photos[i].Name, photos[i].photo, stop);
                progress.Report(Interlocked.Increment(ref done));
            });
        });

        learned = WithoutPoor(learned);
        var faces = learned.Where(face => face.Embedding is not null).ToLookup(face => face.Person);
        Report(people, learned, faces);
        if (faces.Count == 0)
            throw new VerbException("No person could be learned: no photo of --people shows a face. Add photos that show one face each, near and clear.");

        await collections.DeleteCollectionAsync(collection, cancellation);
        await collections.CreateCollectionAsync(collection, cancellation);
        foreach (var person in faces)
            await AddAsync(collection, new PersonId(person.Key), [.. person], cancellation);
    }

    private async Task AddAsync(CollectionId collection, PersonId person, IReadOnlyList<LearnedFace> faces, CancellationToken cancellation)
    {
        var index = faces.Select(face => new FaceToIndex(FaceId.New(), face.Embedding!)).ToList();
        await collections.CreateUserAsync(collection, person, cancellation);
        await collections.IndexFacesAsync(collection, index, cancellation);
        await collections.AssociateFacesAsync(collection, person, [.. index.Select(face => face.Face)], cancellation);
    }

    private async Task<LearnedFace> LearnAsync(string person, PhotoFile photo, CancellationToken cancellation)
    {
        Pixels pixels;
        try
        {
            pixels = await reading.ReadAsync(photo, cancellation);
        }
        catch (UnreadablePhotoException unreadable)
        {
            return new LearnedFace(person, photo, null, null, $"left out: {unreadable.Message}");
        }

        var faces = await engine.DetectAsync(pixels, DetectionPlan.Portrait, cancellation);
        if (Portraits.Subject(faces, pixels) is not { } subject)
            return new LearnedFace(person, photo, null, null, "no face was found; it is left out.");

        var described = await engine.EmbedAsync(pixels, [subject], cancellation);
        var note = faces.Count == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{faces.Count} faces; the large one nearest to the centre was taken.");
        var quality = QualityRules.Judge(described[0]);
        return new LearnedFace(person, photo, described[0].Embedding, quality.Verdict == FaceVerdict.Reject ? quality.Reasons[0] : null, note);
    }

    /// <summary>Poor photos are used only if a person has no better ones.</summary>
    private static LearnedFace[] WithoutPoor(LearnedFace[] learned)
    {
        var wellShown = learned.Where(face => face.Embedding is not null && face.Poor is null).Select(face => face.Person).ToHashSet();
        return [.. learned.Select(face => face.Poor is not { } poor || face.Embedding is null ? face
            : wellShown.Contains(face.Person) ? face with { Embedding = null, Note = $"{Words(poor)}; it is left out." }
            : face with { Note = $"{Words(poor)}; it is taken because there is no better one." })];
    }

    private static string Words(QualityReason reason) => reason switch
    {
        QualityReason.TooSmall => "the face is too small",
        QualityReason.Blurred => "the face is blurred",
        QualityReason.TurnedAway => "the face is turned away",
        _ => "the face is covered or unclear",
    };

    private void Report(People people, LearnedFace[] learned, ILookup<string, LearnedFace> faces)
    {
        foreach (var face in learned.Where(face => face.Note is not null))
            terminal.Line($"  {face.Person}/{face.Photo.Name}: {face.Note}");
        foreach (var (person, odd) in people.Persons.SelectMany(person => person.Odd.Select(odd => (person.Name, odd))))
            terminal.Line($"  {person}: left out: {odd.Problem}");
        foreach (var person in people.Persons.Where(person => person.Photos.Count > MaxPhotos))
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  {person.Name}: the first {MaxPhotos} of {person.Photos.Count:N0} photos were taken."));
        foreach (var person in people.Persons.Where(person => !faces.Contains(person.Name)))
            terminal.Line($"  {person.Name}: no photo shows a face; this person will not be found.");
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture, $"Learned {faces.Count:N0} of {people.Persons.Count:N0} persons from {faces.Sum(one => one.Count()):N0} of {learned.Length:N0} photos."));
    }

    private sealed record LearnedFace(string Person, PhotoFile Photo, Embedding? Embedding, QualityReason? Poor, string? Note);
}
