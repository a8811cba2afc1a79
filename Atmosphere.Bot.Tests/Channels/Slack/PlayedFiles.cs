using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Slack's files: an address for an upload, the upload, its completion; a block may show what is complete and looked at.</summary>
internal sealed class PlayedFiles(Func<Uri> address)
{
    private readonly ConcurrentDictionary<string, Upload> _uploads = new();
    private int _number;

    public int Kept => _uploads.Count;

    public IReadOnlyCollection<string> Ids => [.. _uploads.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How often files.info is asked until a file is known to be a picture.</summary>
    public int LooksUntilReady { get; set; }

    /// <summary>A file that is there and may be shown.</summary>
    public string Add()
    {
        var upload = NewUpload(1);
        (upload.Bytes, upload.Completed) = ([0xff], true);
        return upload.Id;
    }

    public byte[]? BytesOf(string id) => _uploads.TryGetValue(id, out var upload) ? upload.Bytes : null;

    public void Forget(string id) => _uploads.TryRemove(id, out _);

    public bool MayBeShown(string? id) => id is not null && _uploads.TryGetValue(id, out var upload) && upload.Completed && upload.Looks >= LooksUntilReady;

    public object Answer(string method, IReadOnlyDictionary<string, string> arguments) => method switch
    {
        "files.getUploadURLExternal" => Begin(arguments),
        "files.completeUploadExternal" => Complete(arguments),
        "files.info" => Info(arguments["file"]),
        "files.delete" => _uploads.TryRemove(arguments["file"], out _) ? new { ok = true } : SlackVendor.Refusal("file_not_found"),
        _ => SlackVendor.Refusal("unknown_method"),
    };

    public async Task<object> ReceiveAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        var upload = _uploads[request.Path.Value!.Split('/')[^1]];
        Assert.Equal(upload.Length, bytes.Length);
        upload.Bytes = bytes.ToArray();
        return new { ok = true };
    }

    private object Begin(IReadOnlyDictionary<string, string> arguments)
    {
        Assert.Equal("face.jpg", arguments["filename"]);
        Assert.InRange(arguments["alt_txt"].Length, 1, 1000);
        var upload = NewUpload(int.Parse(arguments["length"], CultureInfo.InvariantCulture));
        return new { ok = true, upload_url = $"{address()}upload/v1/{upload.Id}", file_id = upload.Id };
    }

    private object Complete(IReadOnlyDictionary<string, string> arguments)
    {
        var file = Assert.Single(JsonDocument.Parse(arguments["files"]).RootElement.EnumerateArray());
        if (!_uploads.TryGetValue(file.GetProperty("id").GetString()!, out var upload) || upload.Bytes is null)
            return SlackVendor.Refusal("file_not_found");
        // With a channel it would be a post of its own, without buttons.
        Assert.DoesNotContain("channel_id", arguments.Keys);
        Assert.DoesNotContain("initial_comment", arguments.Keys);
        upload.Completed = true;
        return new { ok = true, files = new[] { new { id = upload.Id, title = file.GetProperty("title").GetString() } } };
    }

    private object Info(string id)
    {
        if (!_uploads.TryGetValue(id, out var upload) || !upload.Completed)
            return SlackVendor.Refusal("file_not_found");
        upload.Looks++;
        return new { ok = true, file = new { id, mimetype = upload.Looks >= LooksUntilReady ? "image/jpeg" : "" } };
    }

    private Upload NewUpload(int length)
    {
        var upload = new Upload($"F{Interlocked.Increment(ref _number):D10}", length);
        _uploads[upload.Id] = upload;
        return upload;
    }

    private sealed record Upload(string Id, int Length)
    {
        public byte[]? Bytes { get; set; }

        public bool Completed { get; set; }

        public int Looks { get; set; }
    }
}
