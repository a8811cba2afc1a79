using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>The faces of a photo that lies on its side, or stands on its head, were found and named nobody.</summary>
public sealed class ATurnedPhotoIsNamed : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task It_goes_upright_to_the_parents_of_the_children_in_it(int quarters)
    {
        await _host.ConnectAsync("Anna", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 0);
        await _host.ConnectAsync("Ben", await _host.ParentAsync("father"), RecognitionHost.Sample(2), 1);

        var status = await _host.PostAsync("one", Turned(quarters));

        Assert.Equal((2, 2, 2), (status.Recognised, status.Recipients, status.Sent));
        var upright = Read(RecognitionHost.Sample(2));
        var sent = Read(await _host.Media.GetAsync(_host.Parents.Got.First().Picture!.Value, default));
        Assert.Equal((upright.Width, upright.Height), (sent.Width, sent.Height));
        Assert.InRange(upright.Rgb.Zip(sent.Rgb, (was, is_) => Math.Abs(was - is_)).Average(), 0, 4);

        // The boxes are those of the upright photo, from left to right.
        var names = await _host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT p.name FROM faces f JOIN persons p ON p.id = f.person_id ORDER BY f.x"));
        Assert.Equal(["Anna", "Ben"], names);
    }

    [Fact]
    public async Task A_child_is_learned_from_a_photo_that_lies_on_its_side()
    {
        var mother = await _host.ParentAsync("mother");
        var photo = Turned(1);
        var faces = await _host.Get<IFaceEngine>().DetectAsync(Read(photo), DetectionPlan.Portrait, default);
        // What is on the left in the upright photo is above in the turned one.
        var anna = faces.OrderBy(face => face.Box.Y).First();
        await _host.ConnectAsync("Anna", mother, photo, faces.ToList().IndexOf(anna));

        Assert.Equal(1, (await _host.PostAsync("one", RecognitionHost.Sample(2))).Recognised);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_faces_say_how_it_must_be_turned(int quarters)
    {
        var pixels = Read(Turned(quarters));
        var faces = await _host.Get<IFaceEngine>().DetectAsync(pixels, DetectionPlan.Thorough, default);
        Assert.Equal(new QuarterTurn(quarters).Back, FaceAngles.ToUpright(faces));
        Assert.All(faces, face => Assert.InRange(face.Box.Right, 0, pixels.Width));
    }

    private Pixels Read(byte[] photo) => _host.Get<PhotoDecoder>().Decode(photo, "photo");

    private byte[] Turned(int quarters) => _host.Get<PhotoEncoder>().EncodeJpeg(Read(RecognitionHost.Sample(2)).Turned(new QuarterTurn(quarters)), 95);
}
