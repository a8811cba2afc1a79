using System.Net;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>A station on a bad network sends again what it was not answered for.</summary>
public sealed class RepeatedUploadTests : IAsyncLifetime
{
    private StationAtTheDoor _station = null!;

    public async ValueTask InitializeAsync() => _station = await StationAtTheDoor.StartAsync();

    public async ValueTask DisposeAsync() => await _station.DisposeAsync();

    [Fact]
    public async Task The_same_key_answers_the_same_ids_and_there_is_no_second_photo()
    {
        var images = new[] { StationAtTheDoor.Picture(1), StationAtTheDoor.Picture(2) };
        var first = await _station.PostAsync("key", images);
        var second = await _station.PostAsync("key", images);

        Assert.Equal(first.Images, second.Images);
        Assert.Equal((202, first.Location), (second.Status, second.Location));
        Assert.Equal(2, await _station.CountAsync("photos"));
        Assert.Equal(2, _station.Server.FilesIn("unprocessed").Length);
    }

    [Fact]
    public async Task The_same_key_is_known_after_a_restart_and_when_the_photo_is_long_deleted()
    {
        var first = await _station.PostAsync("key", StationAtTheDoor.Picture());
        await _station.Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync("DELETE FROM photos"));

        var second = await _station.PostAsync("key", StationAtTheDoor.Picture());

        Assert.Equal(first.Images, second.Images);
        Assert.Equal(0, await _station.CountAsync("photos"));
        (await _station.GetAsync(first.Location!)).AssertProblem(HttpStatusCode.NotFound, "deleted");
    }

    [Fact]
    public async Task A_photo_that_is_kept_longer_than_its_key_is_still_known()
    {
        var first = await _station.PostAsync("key", StationAtTheDoor.Picture());
        await _station.Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync("DELETE FROM inbox"));

        Assert.Equal(first.Images, (await _station.PostAsync("key", StationAtTheDoor.Picture())).Images);
        Assert.Equal(200, (await _station.GetAsync(first.Location!)).Status);
        Assert.Equal(1, await _station.CountAsync("photos"));
    }

    [Fact]
    public async Task Requests_with_one_key_that_run_at_once_are_one_upload()
    {
        var images = Enumerable.Range(0, 3).Select(StationAtTheDoor.Picture).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _station.PostAsync("key", images)));

        Assert.All(answers, answer => Assert.Equal(answers[0].Images, answer.Images));
        Assert.Equal((3, 3), (await _station.CountAsync("photos"), await _station.CountAsync("inbox")));
        Assert.Equal(3, _station.Server.FilesIn("unprocessed").Length);
    }

    [Fact]
    public async Task An_image_that_another_writer_takes_in_between_the_look_and_the_row_is_answered_with_that_ones_id()
    {
        await _station.Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            """
            CREATE TRIGGER other_writer BEFORE INSERT ON inbox WHEN NEW.photo_id <> 'theirs' BEGIN
                INSERT INTO inbox (group_id, source_id, photo_id, digest, received_at)
                VALUES (NEW.group_id, NEW.source_id, 'theirs', NEW.digest, NEW.received_at);
            END
            """));

        var answer = await _station.PostAsync("key", StationAtTheDoor.Picture());

        Assert.Equal((202, "theirs"), (answer.Status, Assert.Single(answer.Images)));
        Assert.Equal(0, await _station.CountAsync("photos"));
        Assert.Empty(_station.Server.FilesIn("unprocessed"));
    }

    [Fact]
    public async Task The_same_key_with_other_bytes_is_refused()
    {
        _ = await _station.PostAsync("key", StationAtTheDoor.Picture(1), StationAtTheDoor.Picture(2));
        var answer = await _station.PostAsync("key", StationAtTheDoor.Picture(1), StationAtTheDoor.Picture(3));

        answer.AssertProblem(HttpStatusCode.UnprocessableEntity, "Image 2 is not the one that was sent with this Idempotency-Key before");
        Assert.Equal(2, await _station.CountAsync("photos"));
    }

    [Fact]
    public async Task One_key_of_two_stations_is_two_uploads_and_without_a_key_every_request_is_one()
    {
        using var other = await _station.OtherAsync();
        using var form = StationAtTheDoor.Form(("a.png", StationAtTheDoor.Picture()));
        string[] ids =
        [
            .. (await _station.PostAsync("key", StationAtTheDoor.Picture())).Images,
            .. (await _station.PostAsync("key", form, other)).Images,
            .. (await _station.PostAsync(null, StationAtTheDoor.Picture())).Images,
            .. (await _station.PostAsync(null, StationAtTheDoor.Picture())).Images,
        ];

        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(4, await _station.CountAsync("photos"));
    }

    [Fact]
    public async Task An_image_that_was_refused_can_be_replaced_under_the_same_key()
    {
        var first = await _station.PostAsync("key", StationAtTheDoor.Picture(1), []);
        var second = await _station.PostAsync("key", StationAtTheDoor.Picture(1), StationAtTheDoor.Picture(2));

        Assert.Equal([first.Images[0], "422"], first.Images);
        Assert.Equal(first.Images[0], second.Images[0]);
        Assert.Equal(2, await _station.CountAsync("photos"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_is_cut_off_is_resumed_by_its_key(bool politely)
    {
        byte[] first = RawUpload.Part("a.jpg", StationAtTheDoor.Picture(1)), second = RawUpload.Part("b.jpg", StationAtTheDoor.Picture(2));
        using (var upload = await RawUpload.BeginAsync(_station, "key", first.Length + second.Length + RawUpload.End.Length))
        {
            await upload.SendAsync(first);
            await upload.SendAsync(second[..^5]);
            await Eventually.TrueAsync(async () => await _station.CountAsync("photos") == 1, "the first image is stored");
            if (politely)
                upload.Hush();
        }

        var answer = await _station.PostAsync("key", StationAtTheDoor.Picture(1), StationAtTheDoor.Picture(2));

        Assert.Equal(202, answer.Status);
        Assert.Equal(2, await _station.CountAsync("photos"));
        Assert.Equal(2, _station.Server.FilesIn("unprocessed").Length);
        AssertNoErrors();
    }

    [Fact]
    public async Task Connections_that_break_in_the_middle_of_an_image_are_no_errors_of_the_program()
    {
        var part = RawUpload.Part("a.jpg", StationAtTheDoor.Picture(1));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async station =>
        {
            for (var round = 0; round < 25; round++)
            {
                using var upload = await RawUpload.BeginAsync(_station, $"{station}-{round}", part.Length + 100);
                await upload.SendAsync(part[..^(round % 8)]);
                for (var turn = 0; turn < round; turn++)
                    await Task.Yield();
            }
        }));

        Assert.Equal(202, (await _station.PostAsync("key", StationAtTheDoor.Picture(2))).Status);
        AssertNoErrors();
    }

    [Fact]
    public async Task A_request_that_is_longer_than_it_says_is_answered_with_the_remedy_and_its_last_image_is_not_accepted()
    {
        byte[] body = [.. RawUpload.Part("a.jpg", StationAtTheDoor.Picture()), .. RawUpload.End];
        using var upload = await RawUpload.BeginAsync(_station, "key", body.Length - 20);
        await upload.SendAsync(body);
        var answer = await upload.ReadAsync();

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("Send it again with the same Idempotency-Key: nothing is stored twice.", answer, StringComparison.Ordinal);
        Assert.Equal((0, 0), (await _station.CountAsync("photos"), _station.Server.FilesIn("unprocessed").Length));
    }

    [Fact]
    public async Task A_request_that_is_shorter_than_it_says_can_be_sent_again()
    {
        byte[] body = [.. RawUpload.Part("a.jpg", StationAtTheDoor.Picture()), .. RawUpload.End];
        using (var upload = await RawUpload.BeginAsync(_station, "key", body.Length + 20))
        {
            await upload.SendAsync(body);
            upload.Hush();
        }

        Assert.Equal(202, (await _station.PostAsync("key", StationAtTheDoor.Picture())).Status);
        Assert.Equal(1, await _station.CountAsync("photos"));
    }

    [Fact]
    public async Task Who_is_disabled_while_uploading_keeps_what_was_accepted_and_gets_no_further()
    {
        byte[] first = RawUpload.Part("a.jpg", StationAtTheDoor.Picture(1)), second = [.. RawUpload.Part("b.jpg", StationAtTheDoor.Picture(2)), .. RawUpload.End];
        using var upload = await RawUpload.BeginAsync(_station, "key", first.Length + second.Length);
        await upload.SendAsync([.. first, .. second[..30]]);
        await Eventually.TrueAsync(async () => await _station.CountAsync("photos") == 1, "the first image is stored");
        await _station.EnableAsync(false);
        await upload.SendAsync(second[30..]);
        var answer = await upload.ReadAsync();

        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
        Assert.Contains((await _station.Server.QueryAsync<string>("SELECT id FROM photos"))!, answer, StringComparison.Ordinal);
        Assert.Single(_station.Server.FilesIn("unprocessed"));
    }

    private void AssertNoErrors()
    {
        var errors = _station.Server.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }
}
