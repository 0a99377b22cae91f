using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Tests.Web.Telemetry;

/// <summary>Hears every figure of ours, of whatever app of this process, with its tags.</summary>
internal sealed class TagListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Key, string Value), bool> _tags = new();
    private readonly ConcurrentDictionary<string, double> _sums = new();

    public TagListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Metrics.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<(string Key, string Value)> Tags => [.. _tags.Keys];

    public double SumOf(string instrument) => _sums.GetValueOrDefault(instrument);

    public void AskGauges() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
        foreach (var (key, tag) in tags)
        {
            _tags[(key, $"{tag}")] = true;
        }
    }
}
