using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>Verification, identification and group photos, measured with the engine that the settings name.</summary>
internal sealed class Measurements(PhotoReader reader, FaceNaming naming)
{
    public async Task<PairsAccuracy> PairsAsync(IReadOnlyList<PhotoPair> pairs, CancellationToken cancellation)
    {
        var photos = pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().ToArray();
        var read = await reader.AllAsync(
            "Reading pairs", photos, (photo, stop) => reader.SubjectAsync(photo, DetectionPlan.Portrait, stop), cancellation);
        var faces = photos.Zip(read).ToDictionary(photo => photo.First, photo => photo.Second?.Embedding);
        return PairsAccuracy.Of([.. pairs.Select(pair => (Distance(faces[pair.First], faces[pair.Second]), pair.Same))]);
    }

    public async Task<(Naming Names, ClusterAccuracy Clusters, ClusterAccuracy OneByOne)> IdentAsync(IReadOnlyList<IdentPhoto> photos, CancellationToken cancellation)
    {
        var faces = await reader.AllAsync(
            "Reading persons", photos,
            (photo, stop) => reader.SubjectAsync(photo.Photo, photo.Role == "enrol" ? DetectionPlan.Portrait : DetectionPlan.Thorough, stop),
            cancellation);
        var all = photos.Zip(faces, (photo, face) => (photo.Role, photo.Person, face?.Embedding)).ToArray();
        var gallery = Gallery.Of(naming, all.Where(one => one.Role == "enrol" && one.Embedding is not null).Select(one => (one.Person, one.Embedding!)));
        var asked = all.Where(one => one.Role != "enrol").ToArray();
        var names = Naming.Of(asked.Select(one => (
            one.Role == "probe" ? one.Person : null, one.Embedding is { } face ? gallery.Search(face) : null)).ToArray());

        var found = asked.Where(one => one.Embedding is not null).ToArray();
        var embeddings = found.Select(one => one.Embedding!).ToArray();
        return (names, Accuracy(Clusters.Of(embeddings)), Accuracy(Clusters.OneByOne(embeddings)));

        ClusterAccuracy Accuracy(int[] clusters) => ClusterAccuracy.Of([.. found.Zip(clusters, (one, cluster) => (one.Person, cluster))]);
    }

    public async Task<GateAccuracy> GateAsync(IReadOnlyList<IdentPhoto> photos, CancellationToken cancellation)
    {
        var faces = await reader.AllAsync(
            "Reading persons", photos, (photo, stop) => reader.SubjectAsync(photo.Photo, DetectionPlan.Portrait, stop), cancellation);
        return GateAccuracy.Of(
            [.. photos.Zip(faces).Where(one => one.Second is not null).Select(one => (one.First.Role, one.First.Person, one.Second!.Embedding))]);
    }

    public async Task<(EnrolmentYield People, GroupAccuracy Group)> GroupAsync(string labels, string people, CancellationToken cancellation)
    {
        var portraits = Directory.GetDirectories(people).Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(photo => (Person: Path.GetFileName(folder), photo))).ToArray();
        var learned = await reader.AllAsync(
            "Learning persons", portraits, (portrait, stop) => reader.SubjectAsync(portrait.photo, DetectionPlan.Portrait, stop), cancellation);
        var gallery = Gallery.Of(naming, portraits.Zip(learned).Where(one => one.Second is not null)
            .Select(one => (one.First.Person, one.Second!.Embedding)));

        var photos = Lists.Group(labels);
        var found = await reader.AllAsync("Reading group photos", photos, async (photo, stop) =>
        {
            var faces = await reader.FacesAsync(Lists.Photo(labels, photo), DetectionPlan.Thorough, stop);
            var searches = PhotoFaces.WithoutDoubles([.. faces.Select(face => gallery.Search(face.Embedding))]);
            return (photo, (IReadOnlyList<(Box, FaceSearch)>)[.. faces.Zip(searches, (face, search) => (face.Face.Box, search))]);
        }, cancellation);
        return (new EnrolmentYield(portraits.Length, learned.Count(face => face is not null)), GroupAccuracy.Of(found));
    }

    private static float? Distance(Embedding? first, Embedding? second) => first is null || second is null ? null : first.DistanceTo(second);
}

/// <param name="Photos">Photos to learn persons from.</param>
/// <param name="WithFace">Of them: with a face that was found.</param>
internal sealed record EnrolmentYield(int Photos, int WithFace);
