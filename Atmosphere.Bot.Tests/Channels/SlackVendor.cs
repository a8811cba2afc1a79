using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Channels.Slack;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Notices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels;

/// <summary>Plays Slack's file methods, as its pages describe them: forms, a bearer token, uploads that nobody sees until they are completed.</summary>
internal sealed class SlackVendor : IAsyncDisposable
{
    public const string Token = "xoxb-1-test";
    public const string Channel = "C0123456789";

    private readonly ConcurrentDictionary<string, Upload> _uploads = new();
    private LocalVendor _server = null!;
    private int _number;

    /// <summary>Methods in the order they were called.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What the channel shows.</summary>
    public ConcurrentQueue<Upload> Shown { get; } = new();

    /// <summary>How many pictures it has.</summary>
    public int Kept => _uploads.Count;

    /// <summary>Called before a method does anything; true: it has answered already.</summary>
    public Func<string, HttpContext, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Called after a method has done its work; true: it has answered already.</summary>
    public Func<string, HttpContext, Task<bool>> After { get; set; } = (_, _) => Task.FromResult(false);

    public (string, string)[] Settings => [("Atmosphere:Channels:Slack:BotToken", Token), ("Atmosphere:Channels:Slack:Channel", Channel), ("Atmosphere:Channels:Slack:ApiBaseUrl", $"{_server.Address}api/")];

    public static async Task<SlackVendor> StartAsync()
    {
        var vendor = new SlackVendor();
        vendor._server = await LocalVendor.StartAsync(vendor.AnswerAsync);
        return vendor;
    }

    /// <summary>Slack as the colleagues of recognition alone, without the rest of the bot.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddOptions<SlackOptions>().BindConfiguration(SlackOptions.Section);
        services.AddHttpClient();
        services.AddSingleton(_ => Languages.Load(Dialogs.Folder)).AddSingleton<SlackApi>().AddSingleton<IColleagues, SlackColleagues>();
    }

    public static async Task<bool> SayAsync(HttpContext context, object answer)
    {
        await context.Response.WriteAsJsonAsync(answer);
        return true;
    }

    public static Task<bool> RefuseAsync(HttpContext context, string error) => SayAsync(context, new { ok = false, error });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var method = path.StartsWith("/api/", StringComparison.Ordinal) ? path[5..] : "upload";
        Calls.Enqueue(method);
        if (await Before(method, context))
            return;

        // Tokens stand in the header alone, and only the API gets them.
        Assert.Equal("POST", context.Request.Method);
        Assert.False(context.Request.Query.ContainsKey("token"));
        Assert.Equal(method == "upload" ? "" : $"Bearer {Token}", context.Request.Headers.Authorization.ToString());
        object answer = method switch
        {
            "files.getUploadURLExternal" => Begin(await context.Request.ReadFormAsync()),
            "upload" => await ReceiveAsync(context.Request),
            "files.completeUploadExternal" => Complete(await context.Request.ReadFormAsync()),
            "files.info" => Info(await context.Request.ReadFormAsync()),
            "files.delete" => Delete(await context.Request.ReadFormAsync()),
            _ => new { ok = false, error = "unknown_method" },
        };
        if (!await After(method, context))
            await SayAsync(context, answer);
    }

    private object Begin(IFormCollection form)
    {
        Assert.Equal("face.jpg", form["filename"]);
        Assert.False(string.IsNullOrEmpty(form["alt_txt"]));
        var id = $"F{Interlocked.Increment(ref _number):D10}";
        _uploads[id] = new Upload(id, int.Parse(form["length"]!, CultureInfo.InvariantCulture));
        return new { ok = true, upload_url = $"{_server.Address}upload/v1/{id}", file_id = id };
    }

    private async Task<object> ReceiveAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        var upload = _uploads[request.Path.Value!.Split('/')[^1]];
        Assert.Equal(upload.Length, bytes.Length);
        upload.Bytes = bytes.ToArray();
        return new { ok = true };
    }

    private object Complete(IFormCollection form)
    {
        var file = Assert.Single(JsonDocument.Parse((string)form["files"]!).RootElement.EnumerateArray());
        var upload = _uploads[file.GetProperty("id").GetString()!];
        Assert.NotNull(upload.Bytes);
        Assert.Equal(Channel, form["channel_id"]);
        upload.Comment = form["initial_comment"];
        upload.Completed = true;
        Shown.Enqueue(upload);
        return new { ok = true, files = new[] { new { id = upload.Id, title = file.GetProperty("title").GetString() } } };
    }

    private object Info(IFormCollection form) =>
        !_uploads.TryGetValue(form["file"]!, out var upload) || !upload.Completed
            ? new { ok = false, error = "file_not_found" }
            : new { ok = true, file = new { id = upload.Id, shares = new { @private = new Dictionary<string, object> { [Channel] = new[] { new { ts = "1772352000.000100" } } } } } };

    private object Delete(IFormCollection form) =>
        _uploads.TryRemove(form["file"]!, out _) ? new { ok = true } : new { ok = false, error = "file_not_found" };

    internal sealed record Upload(string Id, int Length)
    {
        public byte[]? Bytes { get; set; }

        public string? Comment { get; set; }

        public bool Completed { get; set; }
    }
}
