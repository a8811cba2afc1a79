using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Console;

/// <summary>Plays the vendor of the networks: a local server with the shared models. It can break off, send something else, or have nothing.</summary>
internal sealed class ModelVendor : IAsyncDisposable
{
    private LocalVendor _server = null!;

    public Uri Address => _server.Address;

    /// <summary>What was asked for, in order: the path, and the Range header if there was one.</summary>
    public List<(string Path, string? Range)> Requests { get; } = [];

    /// <summary>How many bytes each answer has before the connection breaks; empty: all.</summary>
    public Queue<int> BreaksAfter { get; } = [];

    /// <summary>Whether it continues where the client asks it to.</summary>
    public bool Continues { get; set; } = true;

    /// <summary>Turns the file into what is sent.</summary>
    public Func<byte[], byte[]> Sends { get; set; } = file => file;

    public static async Task<ModelVendor> StartAsync()
    {
        SharedPhotos.SkipIfModelsMissing();
        var vendor = new ModelVendor();
        vendor._server = await LocalVendor.StartAsync(vendor.AnswerAsync);
        return vendor;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var range = context.Request.GetTypedHeaders().Range?.Ranges.Single();
        lock (Requests)
            Requests.Add((context.Request.Path, context.Request.Headers.Range.FirstOrDefault()));
        var path = Path.Combine(SharedPhotos.Models, Path.GetFileName(context.Request.Path.Value!));
        if (!File.Exists(path) || context.Request.Path.StartsWithSegments("/gone"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var bytes = Sends(await File.ReadAllBytesAsync(path, context.RequestAborted));
        var from = Continues ? (int)(range?.From ?? 0) : 0;
        if (from > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        context.Response.ContentLength = bytes.Length - from;
        var count = Math.Min(BreaksAfter.TryDequeue(out var least) ? least : int.MaxValue, bytes.Length - from);
        await context.Response.Body.WriteAsync(bytes.AsMemory(from, count), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (count < bytes.Length - from)
            context.Abort();
    }
}
