using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Accuracy;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Tests.Faces;

[Collection(nameof(SharedEngine))]
public sealed class AccuracyTargetsTests(SharedEngine shared)
{
    private readonly Measurements _measurements = new(
        new PhotoReader(shared.Engine, shared.Decoder, Terminal.Into(TextWriter.Null, TextWriter.Null, TimeProvider.System)),
        new FaceNaming(NamingRules.FaceApi));

    [Fact]
    public async Task Group_photos_lose_few_faces_and_nobody_gets_a_wrong_name_by_any_rule()
    {
        var (people, measured) = await _measurements.GroupAsync(SharedPhotos.Path("group", "labels.json"), SharedPhotos.Path("enrol"), default);
        var (children, adults) = (measured(NamingRules.FaceApi.Children), measured(NamingRules.FaceApi.Adults));
        Assert.InRange(people.WithFace, 47, people.Photos);
        Assert.InRange(children.Recall, 0.96, 1);
        Assert.InRange(children.FalseBoxes, 0, 4);
        Assert.InRange(adults.Names.Right, 36, 38);
        Assert.InRange(children.Names.Right, 35, 38);
        Assert.InRange(children.Names.Right + children.Names.Uncertain, 38, 38);

        // Also with some room above the rules' own bounds.
        var points = RuleCurve.Of(NamingRules.FaceApi, rule => measured(rule).Names)
            .Where(point => point.NamedBelow < NamingRules.FaceApi.Of(point.Kind).Scores[0].NamedBelow + 0.1f);
        Assert.All(points, point => Assert.Equal((73, 0, 0), (point.Measured.Unknown, point.Measured.Wrong, point.Measured.UnknownNamed)));
    }

    [Fact]
    public async Task With_the_recogniser_of_the_catalogue_nobody_gets_a_wrong_name_by_any_rule()
    {
        SharedPhotos.SkipIfModelsMissing();
        var (model, rules) = (KnownModels.Intel, KnownModels.Intel.Rules!);
        using var engine = new OnnxFaceEngine(new FaceModelOptions
        {
            Recogniser = Path.Combine(SharedPhotos.Models, model.Files[0].Name),
            RecogniserFamily = model.Family,
            Rules = rules,
        });
        var measurements = new Measurements(
            new PhotoReader(engine, shared.Decoder, Terminal.Into(TextWriter.Null, TextWriter.Null, TimeProvider.System)), new FaceNaming(rules));
        var (people, measured) = await measurements.GroupAsync(SharedPhotos.Path("group", "labels.json"), SharedPhotos.Path("enrol"), default);
        var (children, adults) = (measured(rules.Children).Names, measured(rules.Adults).Names);
        Assert.InRange(people.WithFace, 47, people.Photos);
        Assert.InRange(children.Right, 34, 38);
        Assert.InRange(children.Right + children.Uncertain, 36, 38);
        Assert.InRange(adults.Right, 35, 38);
        var points = RuleCurve.Of(rules, rule => measured(rule).Names).Where(point => point.NamedBelow < rules.Of(point.Kind).Scores[0].NamedBelow + 0.02f);
        Assert.All(points, point => Assert.Equal((73, 0, 0), (point.Measured.Unknown, point.Measured.Wrong, point.Measured.UnknownNamed)));
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Of_many_registered_persons_the_right_one_is_named()
    {
        var every = LongRun.Of(full: 1, shortForm: 6);
        var photos = Lists.Ident(SharedPhotos.Path("lfw_ident.csv"), SharedPhotos.Folder)
            .GroupBy(photo => photo.Person).Where((_, i) => i % every == 0).SelectMany(person => person).ToArray();
        var measured = await _measurements.IdentAsync(photos, default);
        var names = measured.Names(NamingRules.FaceApi.Adults);
        Assert.InRange(names.Right / (double)names.Enrolled, 0.96, 1);
        Assert.Equal(0, names.Wrong);
        Assert.InRange(names.UnknownNamed, 0, 2);
        Assert.InRange(measured.Names(NamingRules.FaceApi.Children).UnknownNamed, 0, names.UnknownNamed);
        Assert.InRange(measured.Clusters.Precision, 0.94, 1);
        Assert.InRange(measured.Clusters.Recall, 0.9, 1);
        Assert.InRange(measured.OneByOne.Precision, 0.94, 1);
        Assert.InRange(measured.OneByOne.Recall, 0.9, 1);
    }
}
