using System.Net;
using System.Text.Json;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>What a station is told about its photos.</summary>
public sealed class PhotoStatusTests
{
    [Fact]
    public async Task A_recognised_photo_tells_its_faces_and_its_end_but_no_names()
    {
        await using var station = await StationAtTheDoor.StartAsync(recognises: true);
        var posted = await station.PostAsync("key", RecognitionHost.Sample(1));
        var photo = await station.EndedAsync(posted.Images[0]);

        Assert.Equal(("processed", 3, 0), (Text(photo, "state"), photo.GetProperty("faces").GetInt32(), photo.GetProperty("recognised").GetInt32()));
        Assert.Equal(JsonValueKind.Null, photo.GetProperty("error").ValueKind);
        Assert.Equal(
            ["id", "group", "state", "ended", "received", "faces", "recognised", "error", "steps"],
            photo.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task A_photo_without_faces_is_processed_and_a_damaged_one_tells_why_it_failed()
    {
        await using var station = await StationAtTheDoor.StartAsync(recognises: true);
        var whole = RecognitionHost.Sample(1);
        var posted = await station.PostAsync("key", [("wall.png", StationAtTheDoor.Picture()), ("half.jpg", whole[..(whole.Length / 2)])]);
        var (empty, half) = (await station.EndedAsync(posted.Images[0]), await station.EndedAsync(posted.Images[1]));

        Assert.Equal(("processed", 0), (Text(empty, "state"), empty.GetProperty("faces").GetInt32()));
        Assert.Equal("failed", Text(half, "state"));
        Assert.Contains("half.jpg is a JPEG photo, but it is damaged", Text(half, "error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_that_was_deleted_because_nobody_is_in_it_is_still_told_of()
    {
        await using var station = await StationAtTheDoor.StartAsync();
        var posted = await station.PostAsync("key", StationAtTheDoor.Picture());
        await ExecuteAsync(station, "UPDATE inbox SET outcome = 'no faces'");
        await ExecuteAsync(station, "DELETE FROM photos");

        var photo = (await station.GetAsync(posted.Location!)).Body;

        Assert.Equal(("processed", 0, true), (Text(photo, "state"), photo.GetProperty("faces").GetInt32(), photo.GetProperty("ended").GetBoolean()));
    }

    [Fact]
    public async Task Every_box_that_the_photo_passed_tells_how_and_when()
    {
        await using var station = await StationAtTheDoor.StartAsync();
        var posted = await station.PostAsync("key", StationAtTheDoor.Picture());
        await ExecuteAsync(
            station,
            $"""
            INSERT INTO photo_steps (photo_id, step, outcome, error, ended_at) VALUES
                ('{posted.Images[0]}', 'SecondBox', 'failed', 'It cannot be read.', 2000), ('{posted.Images[0]}', 'FirstBox', 'done', NULL, 1000)
            """);

        var steps = (await station.GetAsync(posted.Location!)).Body.GetProperty("steps").EnumerateArray()
            .Where(step => Text(step, "step").EndsWith("Box", StringComparison.Ordinal)).ToList();

        Assert.Equal(["FirstBox", "SecondBox"], steps.Select(step => Text(step, "step")));
        Assert.Equal(("failed", "It cannot be read.", "1970-01-01T00:00:02+00:00"), (Text(steps[1], "outcome"), Text(steps[1], "error"), Text(steps[1], "endedAt")));
    }

    [Fact]
    public async Task Photos_of_others_are_not_told_of()
    {
        await using var station = await StationAtTheDoor.StartAsync();
        var posted = await station.PostAsync("key", StationAtTheDoor.Picture());
        using var other = await station.OtherAsync();

        (await station.GetAsync(posted.Location!, other)).AssertProblem(HttpStatusCode.NotFound, "This client uploaded no photo");
        (await station.GetAsync("api/photos/never")).AssertProblem(HttpStatusCode.NotFound, "This client uploaded no photo");
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static Task<int> ExecuteAsync(StationAtTheDoor station, string sql) =>
        station.Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));
}
