using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Accuracy;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Tests.Faces;

[Collection(nameof(SharedEngine))]
public sealed class AccuracyTargetsTests(SharedEngine shared)
{
    private readonly Measurements _measurements = new(
        new PhotoReader(shared.Engine, shared.Decoder, Terminal.Into(TextWriter.Null, TextWriter.Null, TimeProvider.System)),
        new FaceNaming(new FaceNamingOptions()));

    [Fact]
    public async Task Group_photos_lose_few_faces_and_nobody_gets_a_wrong_name()
    {
        var (people, group) = await _measurements.GroupAsync(SharedPhotos.Path("group", "labels.json"), SharedPhotos.Path("enrol"), default);
        Assert.InRange(people.WithFace, 47, people.Photos);
        Assert.InRange(group.Recall, 0.96, 1);
        Assert.InRange(group.FalseBoxes, 0, 4);
        Assert.InRange(group.Names.Right, 36, 38);
        Assert.Equal(0, group.Names.Wrong);
        Assert.Equal(0, group.Names.UnknownNamed);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Of_many_registered_persons_the_right_one_is_named()
    {
        var every = LongRun.Of(full: 1, shortForm: 6);
        var photos = Lists.Ident(SharedPhotos.Path("lfw_ident.csv"), SharedPhotos.Folder)
            .GroupBy(photo => photo.Person).Where((_, i) => i % every == 0).SelectMany(person => person).ToArray();
        var (names, clusters, oneByOne) = await _measurements.IdentAsync(photos, default);
        Assert.InRange(names.Right / (double)names.Enrolled, 0.96, 1);
        Assert.Equal(0, names.Wrong);
        Assert.InRange(names.UnknownNamed, 0, 2);
        Assert.InRange(clusters.Precision, 0.94, 1);
        Assert.InRange(clusters.Recall, 0.9, 1);
        Assert.InRange(oneByOne.Precision, 0.94, 1);
        Assert.InRange(oneByOne.Recall, 0.9, 1);
    }
}
