using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>One of five calls to the disk, the database and the models fails at random, and still every photo comes out right.</summary>
[Trait("Length", "Long")]
public sealed class EverythingFailsNowAndThen : IDisposable
{
    private const double Share = 0.2;
    private const int AtATime = 4;

    private readonly string _data = Directory.CreateTempSubdirectory("atmosphere-faults-").FullName;
    private readonly int _photos = LongRun.Of(150, 20);
    private readonly Faults _faults = new(seed: 20261121);

    [Fact]
    public async Task Every_photo_is_right_although_every_fifth_call_fails()
    {
        byte[][] pictures = [RecognitionHost.Sample(6), RecognitionHost.Sample(2), RecognitionHost.Wall, RecognitionHost.Sample(1)];
        var steps = RecognitionFlows().Select(row => ($"Atmosphere:Pipeline:{row.Step}:FirstDelay", "00:00:00"));
        var host = await RecognitionHost.StartAsync(folder: _data, adjust: Break, settings: [.. steps, ("Atmosphere:Distribution:BurstDistance", "0"), ("Atmosphere:Distribution:Reposts", "00:00:00")]);
        await host.ConnectAsync("Maya", await host.ParentAsync("mother"), pictures[0], face: 0);
        _faults.Share = Share;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, _photos),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (i, _) => await PostAsync(host, pictures[i % pictures.Length], i));
        await host.QuietAsync();
        _faults.Share = 0;
        Assert.True(_faults.Thrown > _photos * 5, $"Only {_faults.Thrown} calls failed.");
        var delivered = Enumerable.Range(0, _photos).Count(i => i % pictures.Length == 0);
        Assert.Equal(delivered, host.Parents.Got.Select(notice => notice.Delivery).Distinct().Count());
        await host.StopAsync();

        await PhotoAudit.CheckAsync(_data, _photos, delivered);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// <summary>As a sender would: until it is accepted.</summary>
    private static async Task PostAsync(RecognitionHost host, byte[] picture, int number)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await host.Photos.ReceiveAsync(RecognitionHost.Class, $"photo-{number}", $"{number % 4}.jpg", picture, default);
                    return true;
                }
                catch (Exception error) when (error is IOException or SqliteException)
                {
                    return false;
                }
            },
            $"photo {number} is accepted");
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await host.Photos.FindAsync(RecognitionHost.Class, $"photo-{number}"))?.Ended == true;
                }
                catch (SqliteException)
                {
                    return false;
                }
            },
            $"photo {number} has ended");
    }

    private static IEnumerable<StepRow> RecognitionFlows() =>
        FlowDiagrams.Tables.SelectMany(table => table.Steps).Where(row => row.StepType.Assembly == typeof(StepRow).Assembly);

    private void Break(IServiceCollection services)
    {
        services.AddSingleton(_ => new Database(_data, beside: false, durable: true, () => _faults.Throw(() => new SqliteException("The database is busy.", 5))));
        services.AddSingleton<IMediaFiles>(provider => new PatientMediaStore(
            new FaultyMedia(provider.GetRequiredService<FileMediaStore>(), _faults), TimeProvider.System));
        services.AddSingleton<IFaceEngine>(_ =>
        {
            _faults.Throw(() => new IOException("The model cannot be read."));
            return new FaultyEngine(new OnnxFaceEngine(new FaceModelOptions()), _faults);
        });
    }

    private sealed class Faults(int seed)
    {
        private readonly Random _random = new(seed);
        private int _thrown;

        public double Share { get; set; }

        public int Thrown => _thrown;

        public void Throw(Func<Exception> fault)
        {
            lock (_random)
            {
                if (_random.NextDouble() >= Share)
                    return;
            }

            Interlocked.Increment(ref _thrown);
            throw fault();
        }

        public void ThrowDisk() => Throw(() => new IOException("The disk did not answer."));
    }

    private sealed class FaultyMedia(IMediaFiles real, Faults faults) : IMediaFiles
    {
        public Task WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            faults.ThrowDisk();
            return real.WriteAsync(key, bytes, cancellation);
        }

        public Task CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation)
        {
            faults.ThrowDisk();
            return real.CopyAsync(key, copy, cancellation);
        }

        public Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation)
        {
            faults.ThrowDisk();
            return real.GetAsync(key, cancellation);
        }

        public Task ProbeAsync(CancellationToken cancellation) => real.ProbeAsync(cancellation);

        public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation)
        {
            faults.ThrowDisk();
            return real.ExistsAsync(key, cancellation);
        }

        public Task DeleteAsync(MediaKey key, CancellationToken cancellation)
        {
            faults.ThrowDisk();
            return real.DeleteAsync(key, cancellation);
        }

        public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation)
        {
            faults.ThrowDisk();
            return real.ListAsync(bucket, cancellation);
        }
    }

    private sealed class FaultyEngine(OnnxFaceEngine real, Faults faults) : IFaceEngine, IDisposable
    {
        public string Model => real.Model;

        public Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation)
        {
            faults.Throw(() => new IOException("The model cannot be read."));
            return real.DetectAsync(photo, plan, cancellation);
        }

        public Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation)
        {
            faults.Throw(() => new IOException("The model cannot be read."));
            return real.EmbedAsync(photo, faces, cancellation);
        }

        public void Dispose() => real.Dispose();
    }
}
