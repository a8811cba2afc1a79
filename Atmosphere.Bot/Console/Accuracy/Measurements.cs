using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>Verification, identification, group photos and simulated classes, measured with the engine that the settings name.</summary>
internal sealed class Measurements(PhotoReader reader, FaceNaming naming)
{
    private const int EveryDegrees = 15;
    private const int FullCircle = 360;

    public async Task<PairsAccuracy> PairsAsync(IReadOnlyList<PhotoPair> pairs, CancellationToken cancellation)
    {
        var photos = pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().ToArray();
        var read = await reader.AllAsync(
            "Reading pairs", photos, (photo, stop) => reader.SubjectAsync(photo, DetectionPlan.Portrait, stop), cancellation);
        var faces = photos.Zip(read).ToDictionary(photo => photo.First, photo => photo.Second?.Embedding);
        return PairsAccuracy.Of([.. pairs.Select(pair => (Distance(faces[pair.First], faces[pair.Second]), pair.Same))]);
    }

    public async Task<IdentMeasurement> IdentAsync(IReadOnlyList<IdentPhoto> photos, CancellationToken cancellation)
    {
        var faces = await reader.AllAsync(
            "Reading persons", photos,
            (photo, stop) => reader.SubjectAsync(photo.Photo, photo.Role == "enrol" ? DetectionPlan.Portrait : DetectionPlan.Thorough, stop),
            cancellation);
        var all = photos.Zip(faces, (photo, face) => (photo.Role, photo.Person, face?.Embedding)).ToArray();
        var gallery = Gallery.Of(all.Where(one => one.Role == "enrol" && one.Embedding is not null).Select(one => (one.Person, one.Embedding!)));
        var asked = all.Where(one => one.Role != "enrol").ToArray();
        var nearest = asked.Select(one => (
            Person: one.Role == "probe" ? one.Person : null, Nearest: one.Embedding is { } face ? gallery.NearestTo(face) : null)).ToArray();

        var found = asked.Where(one => one.Embedding is not null).ToArray();
        var embeddings = found.Select(one => one.Embedding!).ToArray();
        return new IdentMeasurement(
            rule => Naming.Of([.. nearest.Select(one => (one.Person, one.Nearest is { } users ? naming.Decide(rule, users) : null))]),
            Accuracy(Clusters.Of(embeddings)), Accuracy(Clusters.OneByOne(embeddings)));

        ClusterAccuracy Accuracy(int[] clusters) => ClusterAccuracy.Of([.. found.Zip(clusters, (one, cluster) => (one.Person, cluster))]);
    }

    public async Task<GateAccuracy> GateAsync(IReadOnlyList<IdentPhoto> photos, CancellationToken cancellation)
    {
        var faces = await reader.AllAsync(
            "Reading persons", photos, (photo, stop) => reader.SubjectAsync(photo.Photo, DetectionPlan.Portrait, stop), cancellation);
        return GateAccuracy.Of(
            [.. photos.Zip(faces).Where(one => one.Second is not null).Select(one => (one.First.Role, one.First.Person, one.Second!.Embedding))]);
    }

    public async Task<(EnrolmentYield People, Func<NamingRule, GroupAccuracy> Group)> GroupAsync(string labels, string people, CancellationToken cancellation)
    {
        var (gallery, learned) = await LearnAsync(people, cancellation);
        var photos = Lists.Group(labels);
        var found = await reader.AllAsync("Reading group photos", photos, async (photo, stop) =>
        {
            var faces = await reader.FacesAsync(Lists.Photo(labels, photo), DetectionPlan.Thorough, stop);
            return (Labels: photo, Faces: faces.Select(face => (face.Face.Box, Nearest: gallery.NearestTo(face.Embedding))).ToArray());
        }, cancellation);
        return (
            learned,
            rule => GroupAccuracy.Of([.. found.Select(photo => (photo.Labels, Judged(photo.Faces, rule)))]));
    }

    /// <summary>The same photos, turned by every fifteenth degree.</summary>
    public async Task<IReadOnlyList<TurnedAccuracy>> TurnedAsync(string labels, string people, NamingRule rule, CancellationToken cancellation)
    {
        var (gallery, _) = await LearnAsync(people, cancellation);
        var photos = Lists.Group(labels);
        var angles = Enumerable.Range(0, FullCircle / EveryDegrees).Select(step => step * EveryDegrees).ToArray();
        var measured = new List<TurnedAccuracy>();
        foreach (var degrees in angles)
        {
            var read = await reader.AllAsync($"Turned by {degrees} degrees", photos, async (photo, stop) =>
            {
                var (turned, faces) = await reader.TurnedAsync(Lists.Photo(labels, photo), degrees, stop);
                var nearest = faces.Select(face => (face.Face.Box, gallery.NearestTo(face.Embedding))).ToArray();
                return new TurnedGroupPhoto(photo, turned, FaceAngles.ToUpright([.. faces.Select(face => face.Face)]).Quarters, Judged(nearest, rule));
            }, cancellation);
            measured.Add(TurnedAccuracy.Of(degrees, read));
        }

        return measured;
    }

    /// <param name="people">A folder with one sub-folder per person.</param>
    public async Task<SimulatedClasses> ClassesAsync(string people, int size, int seed, int classes, CancellationToken cancellation)
    {
        var photos = Lists.PeoplePhotos(people);
        var faces = await reader.AllAsync(
            "Reading persons", photos, (photo, stop) => reader.SubjectAsync(photo.Photo, DetectionPlan.Thorough, stop), cancellation);
        return new SimulatedClasses(
            naming, [.. photos.Zip(faces).Where(one => one.Second is not null).Select(one => (one.First.Person, one.Second!.Embedding))], size, seed, classes);
    }

    private async Task<(Gallery Gallery, EnrolmentYield Yield)> LearnAsync(string people, CancellationToken cancellation)
    {
        var portraits = Lists.PeoplePhotos(people);
        var learned = await reader.AllAsync(
            "Learning persons", portraits, (portrait, stop) => reader.SubjectAsync(portrait.Photo, DetectionPlan.Portrait, stop), cancellation);
        var faces = portraits.Zip(learned).Where(one => one.Second is not null).Select(one => (one.First.Person, one.Second!.Embedding));
        return (Gallery.Of(faces), new EnrolmentYield(portraits.Count, learned.Count(face => face is not null)));
    }

    private IReadOnlyList<(Box, FaceSearch)> Judged((Box Box, IReadOnlyList<(PersonId, float)> Nearest)[] faces, NamingRule rule) =>
        [.. faces.Zip(PhotoFaces.WithoutDoubles([.. faces.Select(face => naming.Decide(rule, face.Nearest))]), (face, search) => (face.Box, search))];

    private static float? Distance(Embedding? first, Embedding? second) => first is null || second is null ? null : first.DistanceTo(second);
}

/// <param name="Names">How names come out by a rule.</param>
/// <param name="Clusters">All faces clustered at once.</param>
/// <param name="OneByOne">Each face found its place when its photo came.</param>
internal sealed record IdentMeasurement(Func<NamingRule, Naming> Names, ClusterAccuracy Clusters, ClusterAccuracy OneByOne);

/// <param name="Photos">Photos to learn persons from.</param>
/// <param name="WithFace">Of them: with a face that was found.</param>
internal sealed record EnrolmentYield(int Photos, int WithFace);
